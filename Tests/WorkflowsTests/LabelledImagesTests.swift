import Comparison
import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing
import Training
import WorkflowTesting

@testable import Workflows

struct LabelledImagesTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    for number in 1...9 {
      try folder.image("images/w\(number % 3)_\(number).png")
      if number < 9 { try folder.mask("masks/w\(number % 3)_\(number).png", area: number) }
    }
  }

  private func plan(_ division: Comparison.Division) -> ComparisonPlan {
    ComparisonPlan(
      data: LabelledFolders(
        images: folder.path("images"), masks: folder.path("masks"), values: .white),
      division: division, recipes: [NamedRecipe("a", Recipe())])
  }

  @Test func `every labelled image is tested on in one fold and learnt from in the others`() throws
  {
    let images = try LabelledImages(plan(.folds(4, seed: 3, groups: nil)))
    #expect(images.divisions.map(\.fold) == [1, 2, 3, 4])
    let tested = images.divisions.flatMap { images.testing($0.fold) }
    #expect(tested.count == 8 && Set(tested).count == 8)
    for division in images.divisions {
      let (test, train) = (images.testing(division.fold), images.training(division.fold))
      #expect(test.count == 2 && train.count == 6)
      #expect(Set(test).isDisjoint(with: train))
    }
  }

  @Test func `images of a group are tested and validated on together`() throws {
    let images = try LabelledImages(plan(.drawn(share: 0.3, seed: 1, groups: "^w.")))
    let well = { (key: ImageKey) in key.text.prefix(2) }
    let tested = Set(images.testing(nil).map(well))
    let trained = Set(images.training(nil).map(well))
    #expect(tested.count == 1 && trained.count == 2 && tested.isDisjoint(with: trained))
    var recipe = Recipe()
    recipe.validation = 0.5
    let split = try #require(try images.validation(nil, recipe: recipe))
    let validated = Set(split.parts.filter { $0.value == .validation }.keys.map(well))
    #expect(validated.count == 1 && validated.isSubset(of: trained))
    recipe.validation = 0
    #expect(try images.validation(nil, recipe: recipe) == nil)
  }

  @Test func `a table says what is tested and validated on`() throws {
    let table = "image,split\nw1_1,train\nw2_2.png,validation\nw0_3,test\nelse,test\nw0_9,test\n"
    try folder.write(Data(table.utf8), to: "split.csv")
    let images = try LabelledImages(plan(.file(folder.path("split.csv"))))
    #expect(images.training(nil).map(\.text) == ["w1_1.png", "w2_2.png"])
    #expect(images.testing(nil).map(\.text) == ["w0_3.png"])
    #expect(
      try images.validation(nil, recipe: Recipe())?.parts[ImageKey("w2_2.png")] == .validation)
    #expect(images.notes.contains { $0.contains("2 images of the split are not there") })
  }

  @Test(arguments: ["train", "test"]) func `a part without images is refused`(part: String) throws {
    try folder.write(Data("image,split\nw1_1,\(part)\n".utf8), to: "split.csv")
    let error = #expect(throws: WorkflowError.self) {
      try LabelledImages(plan(.file(folder.path("split.csv"))))
    }
    #expect(error?.description.contains(part == "train" ? "to test on" : "to train on") == true)
  }
}

import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing
import Training
import WorkflowTesting

@testable import Workflows

struct LabelSourceTests {
  private static let recipe: Recipe = {
    var recipe = Recipe()
    recipe.size = 64
    return recipe
  }()

  private func source(_ folder: TestFolder, split: String? = nil) throws -> LabelSource {
    let images = try ImageFolder(folder.path("images"))
    return try LabelSource(
      images, masks: try images.masks(in: folder.path("masks"), values: .white),
      split: split.map { URL(filePath: folder.path($0)) })
  }

  @Test func `an image is read when it is asked for, and not before`() throws {
    let folder = try TestFolder()
    try folder.labelled(3, area: 3)
    let labels = try source(folder)
    #expect(labels.training.map(\.text) == ["1.png", "2.png", "3.png"])
    try folder.write(Data("torn".utf8), to: "images/2.png")
    #expect(try labels.sample(ImageKey("1.png"))?.mask == Mask.leading(3))
    #expect(throws: ImagingError.self) { try labels.sample(ImageKey("2.png")) }
    // Whoever leaves images out is told of each; without that the first one ends it.
    #expect(throws: ImagingError.self) { try labels.crops(for: Self.recipe) }
    var bad: [ImageKey] = []
    let crops = try labels.crops(for: Self.recipe) { key, _ in bad.append(key) }
    #expect(crops.map(\.key.text) == ["1.png", "3.png"] && bad.map(\.text) == ["2.png"])
  }

  @Test func `labels tell a size where their masks can be used and have a cell`() throws {
    let folder = try TestFolder()
    try folder.labelled(5, area: 3)
    let labels = try source(folder)
    func telling(_ most: Int, isStopped: Bool = false) -> [String] {
      labels.telling(most: most) { isStopped }.map(\.text)
    }
    #expect(telling(2) == ["1.png", "3.png"])
    try folder.mask("masks/1.png", area: 0)
    try folder.image("images/3.png", width: 9)
    #expect(telling(2) == ["2.png", "4.png"])
    #expect(telling(6) == ["2.png", "4.png", "5.png"])
    #expect(telling(6, isStopped: true) == [])
  }

  @Test func `what belongs together a manifest says, or else the names`() throws {
    let folder = try TestFolder()
    for name in ["a_t1", "a_t2", "b"] {
      try folder.image("images/\(name).png")
      try folder.mask("masks/\(name).png", area: 3)
    }
    let keys = ["a_t1", "a_t2", "b"].map { ImageKey("\($0).png") }
    #expect(try source(folder).groups == ImageGroups(sequencesOf: keys))
    try folder.write(
      Data("image,group\na_t1.png,x\nb.png,x\n".utf8), to: "images/manifest.csv")
    #expect(try source(folder).groups.names == [keys[0]: "x", keys[2]: "x"])
    try folder.write(Data("image,other\na_t1.png,x\n".utf8), to: "images/manifest.csv")
    #expect(try source(folder).groups == ImageGroups(sequencesOf: keys))
  }

  @Test func `a bad pair costs itself, and only when none is left the set`() throws {
    let folder = try TestFolder()
    try folder.labelled(3, area: 3)
    let labels = try source(folder)
    try folder.image("images/2.png", width: 9)
    let (crops, notice) = try labels.usableCrops(for: Self.recipe)
    #expect(crops.map(\.key.text) == ["1.png", "3.png"])
    #expect(notice?.contains("2.png") == true && notice?.contains("9x4") == true)
    for name in ["1", "3"] { try folder.image("images/\(name).png", width: 9) }
    #expect(throws: WorkflowError.self) { try labels.usableCrops(for: Self.recipe) }
  }

  @Test(arguments: [0, 24])
  func `masks of one kind are refused before a run, and before scores`(area: Int) throws {
    let folder = try TestFolder()
    try folder.labelled(3, area: 0)
    for number in 1...3 { try folder.mask("masks/\(number).png", area: area) }
    let images = try ImageFolder(folder.path("images"))
    #expect(throws: MaskTrouble.self) {
      try images.masks(in: folder.path("masks"), values: nil)
    }
    // Said to be right they are still nothing to learn from.
    func isOneClass(_ error: (any Error)?) -> Bool {
      guard case WorkflowError.oneClass(isCell: area > 0, count: 3)? = error else { return false }
      return true
    }
    let labels = try source(folder)
    #expect(isOneClass(#expect(throws: WorkflowError.self) { try labels.crops(for: Self.recipe) }))
    #expect(
      isOneClass(#expect(throws: WorkflowError.self) { try labels.usableCrops(for: Self.recipe) }))
    let truth = try images.masks(in: folder.path("masks"), values: .white)
    #expect(
      isOneClass(
        #expect(throws: WorkflowError.self) {
          try EvaluationJob(images, truth: truth, split: nil)
        }))
    // With one mask of the other kind all are fine, whatever its place.
    try folder.mask("masks/3.png", area: 5)
    #expect(try source(folder).crops(for: Self.recipe).count == 3)
    // 3 is for testing: without it there is one kind to learn from, with it alone one to test on.
    #expect(throws: WorkflowError.self) {
      try source(folder, split: "split.csv").crops(for: Self.recipe)
    }
    try folder.mask("masks/1.png", area: 5)
    #expect(try source(folder, split: "split.csv").crops(for: Self.recipe).count == 2)
    try folder.mask("masks/3.png", area: area)
    #expect(throws: WorkflowError.self) {
      try source(folder, split: "split.csv").crops(for: Self.recipe)
    }
    try folder.mask("masks/3.png", area: 5)
    #expect(try EvaluationJob(images, truth: truth, split: nil).images.count == 3)
  }

  @Test func `what was predicted is never turned round, and may be nothing`() throws {
    let folder = try TestFolder()
    try folder.labelled(2, area: 5)
    let images = try ImageFolder(folder.path("images"))
    let truth = try images.masks(in: folder.path("masks"), values: nil)
    let job = try EvaluationJob(images, truth: truth, split: nil)
    for area in [0, 23, 24] {
      for name in ["1", "2"] { try folder.mask("said/\(name).png", area: area) }
      let said = try MaskMatching.match(
        folder: URL(filePath: folder.path("said")), images: images.images)
      let set = try MaskSet(said, values: .automatic, as: .prediction)
      #expect(try set.read(images.images[0])?.annotation.mask == Mask.leading(area))
      let (score, notes) = try job.scorer(ofMasksIn: folder.path("said"))
      #expect(notes.count == 1 && notes[0].hasPrefix("predictions: masks: "))
      #expect(try job.run(score, done: { _ in }, failed: { Issue.record($0) }).count == 2)
    }
  }

  @Test func `a split puts images aside`() throws {
    let folder = try TestFolder()
    try folder.labelled(3, area: 3)
    let labels = try source(folder, split: "split.csv")
    #expect(labels.training.map(\.text) == ["1.png", "2.png"])
    #expect(labels.testing.map(\.text) == ["3.png"])
    #expect(labels.split == nil, "no image is only validated on")
  }

  @Test func `images that teach nothing are there to be looked at, those for testing too`() throws {
    let folder = try TestFolder()
    try folder.labelled(3, area: 3)
    for name in ["0", "9"] { try folder.image("images/\(name).png") }
    let plain = try source(folder)
    #expect(plain.unlabelled.keys.map(\.text) == ["0.png", "9.png"])
    let split = try source(folder, split: "split.csv")
    #expect(split.unlabelled.keys.map(\.text) == ["0.png", "3.png", "9.png"])
  }

  @Test func `images without any mask are refused`() throws {
    let folder = try TestFolder()
    try folder.image("images/1.png")
    let images = try ImageFolder(folder.path("images"))
    let error = #expect(throws: WorkflowError.self) {
      try LabelSource(images, masks: images.masks(in: nil, values: nil), split: nil)
    }
    guard case .noLabels? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}

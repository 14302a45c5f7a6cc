import Training
import Foundation
import Imaging
import Recipes
import TestSupport
import Testing
import WorkflowTesting

@testable import Workflows

struct LabelSourceTests {
  private func source(_ folder: TestFolder, split: String? = nil) throws -> LabelSource {
    let images = try ImageFolder(folder.path("images"))
    return try LabelSource(
      images, masks: try images.masks(in: folder.path("masks"), polarity: .cellWhite),
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
    #expect(throws: ImagingError.self) { try labels.crops(size: 64) }
    var bad: [ImageKey] = []
    let crops = try labels.crops(size: 64) { key, _ in bad.append(key) }
    #expect(crops.map(\.key.text) == ["1.png", "3.png"] && bad.map(\.text) == ["2.png"])
  }

  @Test func `a bad pair costs itself, and only when none is left the set`() throws {
    let folder = try TestFolder()
    try folder.labelled(3, area: 3)
    let labels = try source(folder)
    try folder.image("images/2.png", width: 9)
    let (crops, notice) = try labels.usableCrops(size: 64)
    #expect(crops.map(\.key.text) == ["1.png", "3.png"])
    #expect(notice?.contains("2.png") == true && notice?.contains("9x4") == true)
    for name in ["1", "3"] { try folder.image("images/\(name).png", width: 9) }
    #expect(throws: WorkflowError.self) { try labels.usableCrops(size: 64) }
  }

  @Test func `a split puts images aside`() throws {
    let folder = try TestFolder()
    try folder.labelled(3, area: 3)
    let labels = try source(folder, split: "split.csv")
    #expect(labels.training.map(\.text) == ["1.png", "2.png"])
    #expect(labels.testing.map(\.text) == ["3.png"])
    #expect(labels.split == nil, "no image is only validated on")
  }

  @Test func `images without any mask are refused`() throws {
    let folder = try TestFolder()
    try folder.image("images/1.png")
    let images = try ImageFolder(folder.path("images"))
    let error = #expect(throws: WorkflowError.self) {
      try LabelSource(images, masks: images.masks(in: nil, polarity: nil), split: nil)
    }
    guard case .noLabels? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}

import Foundation
import Imaging
import Objects
import Project
import Recipes
import TestSupport
import Testing
import Workflows

struct CellExportTests {
  /// Cells with gaps in their numbers: two that touch, and one in two pieces.
  private static let cells = LabelImage(
    width: 6, height: 4,
    labels: [
      3, 3, 700, 700, 0, 0,
      3, 3, 700, 700, 0, 9,
      3, 0, 0, 700, 0, 0,
      0, 0, 9, 0, 0, 0,
    ])

  @Test(arguments: ["geojson", "imagej-roi"])
  func `what is exported beside other copies of the images comes back with its numbers`(
    format: String
  ) throws {
    let folder = try TestFolder()
    for place in ["here", "there"] {
      try folder.image("\(place)/a.png")
      try folder.image("\(place)/b.png")
    }
    let images = folder.path("here")
    let store = try ProjectStore.open(images: URL(filePath: images))
    try store.decide(
      Decision(image: ImageKey("a.png"), state: .accepted, time: 1), cells: Self.cells)
    let export = try CellExport(
      of: store, as: #require(CellFormat.named(format)), .accepted, images: images,
      into: folder.path("there"), place: "place")
    let written = try export.run { _, _, _ in }
    #expect(written.images == 1 && written.cells == 3)
    let other = try ProjectStore.open(images: URL(filePath: folder.path("there")))
    let taken = try #require(try other.takeFoundMasks(values: nil, time: 2))
    #expect(taken.failures.isEmpty)
    #expect(try other.acceptedCells(of: ImageKey("a.png")) == Self.cells)
  }
}

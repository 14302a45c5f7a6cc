import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

/// Files of COCO's kind that lie with images.
struct COCOBesideTests {
  private func write(
    _ name: String, to folder: TestFolder, file: String = "images/a.png", width: Int = 6,
    annotations: String = #"{"image_id":1,"segmentation":[[0,0,2,0,2,2,0,2]]},"#
      + #"{"image_id":1,"segmentation":[[1,1,3,1,3,2,1,2]]}"#
  ) throws {
    let images =
      #"{"id":1,"file_name":"\#(file)","width":\#(width),"height":4},{"id":2,"file_name":"b.png"}"#
    try folder.write(
      Data(#"{"info":{},"images":[\#(images)],"annotations":[\#(annotations)]}"#.utf8), to: name)
  }

  private func scan(_ folder: TestFolder) throws -> ImageScan {
    var scan = try ImageScan(of: folder.url)
    scan.addOutlines { _ in true }
    return scan
  }

  @Test func `its outlines are the numbered cells of the images that it annotates`() throws {
    let folder = try TestFolder()
    for name in ["a.png", "b.png"] { try folder.picture(name) }
    try write("instances.json", to: folder)
    let found = try scan(folder)
    #expect(found.pairing.matches.map(\.key.text) == ["a.png"] && found.pairing.notes.isEmpty)
    let annotation = try found.pairing.matches[0].source.read(
      rule: .project, width: 6, height: 4, image: (found.images[0].file, 0))
    #expect(annotation.cells?.labels.prefix(12) == [1, 1, 0, 0, 0, 0, 1, 2, 2, 0, 0, 0])
    #expect(annotation.mask.area == 5)
    let told = try MaskMatching.match(folder: folder.url, images: found.images)
    #expect(told.matches == found.pairing.matches)
    let store = try ProjectStore.open(images: folder.url)
    let taken = try store.takeFoundMasks(values: nil, time: 1)
    #expect(taken?.imported.map(\.text) == ["a.png"])
    #expect(try store.acceptedCells(of: ImageKey("a.png"))?.mask.area == 5)
  }

  @Test func `a JSON file an image is not looked into, which is told`() throws {
    let folder = try TestFolder()
    for index in 0..<51 {
      try folder.picture("\(index).png")
      try folder.write(Data("{}".utf8), to: "\(index).json")
    }
    let found = try scan(folder)
    #expect(found.pairing.notes.contains { $0.hasPrefix("51 .json files are not looked into") })
  }

  @Test func `what it has of no use is counted, once`() throws {
    let folder = try TestFolder()
    for name in ["a.png", "b.png"] { try folder.picture(name) }
    try write(
      "instances.json", to: folder,
      annotations: #"{"image_id":1,"segmentation":[[0,0,2,0,2,2,0,2]]},"#
        + #"{"id":7,"image_id":1,"segmentation":[[1,1,3,1]]},"#
        + #"{"image_id":2,"segmentation":[[0,0,2,0,2,2,0,2]]}"#)
    let found = try scan(folder)
    var told: [String] = []
    for match in found.pairing.matches {
      let image = try #require(found.images.first { $0.key == match.key })
      _ = try match.source.read(
        rule: .project, width: 6, height: 4, image: (image.file, 0)
      ) { told.append($0) }
    }
    #expect(told.count == 1)
    #expect(
      told[0].hasPrefix("instances.json: 1 annotation is skipped, ") && told[0].contains("(id 7)"))
  }

  @Test func `a mask of an image's own counts before it, and of two files none`() throws {
    let folder = try TestFolder()
    try folder.picture("a.png")
    try write("one.json", to: folder)
    try write("two.json", to: folder)
    let both = try scan(folder)
    #expect(both.pairing.matches.isEmpty)
    #expect(both.pairing.notes[0].hasSuffix("such as 'a.png': 'one.json' or 'two.json'"))
    try folder.picture("a_mask.png", isMask: true)
    let own = try scan(folder)
    #expect(own.pairing.matches.map(\.source.file.lastPathComponent) == ["a_mask.png"])
    #expect(own.pairing.notes.isEmpty)
  }

  @Test func `it is not read where no image needs it`() throws {
    let folder = try TestFolder()
    try folder.picture("a.png")
    try folder.write(Data(#"{"images":[],"annotations":["#.utf8), to: "cut.json")
    var found = try ImageScan(of: folder.url)
    found.addOutlines { _ in false }
    #expect(found.pairing.notes.isEmpty)
    found.addOutlines { _ in true }
    #expect(found.pairing.notes.count == 1)
    #expect(found.pairing.notes[0].hasPrefix("'cut.json' looks like a file of COCO's kind: "))
  }

  @Test(arguments: [
    #"{"version":"5.0","shapes":[],"imagePath":"a.png"}"#, #"["images"]"#,
    #"{"images":7,"categories":[]}"#, #"{"categories":[1]}"#, "", "images",
  ])
  func `other JSON is passed over`(text: String) throws {
    let folder = try TestFolder()
    try folder.picture("a.png")
    try folder.write(Data(text.utf8), to: "a.json")
    let found = try scan(folder)
    #expect(found.images.count == 1 && found.pairing == MaskPairing())
  }

  @Test func `an image of another size, or one that only boxes are on, is refused by itself`()
    throws
  {
    let folder = try TestFolder()
    for name in ["a.png", "b.png"] { try folder.picture(name) }
    try write(
      "c.json", to: folder, width: 7,
      annotations: #"{"image_id":1,"segmentation":[[0,0,2,0,2,2]]},{"image_id":2,"bbox":[1,1,2,2]}"#
    )
    let store = try ProjectStore.open(images: folder.url)
    let taken = try store.takeFoundMasks(values: nil, time: 1)
    #expect(taken?.failures.map(\.key.text) == ["a.png", "b.png"])
    #expect(taken?.failures[0].reason.contains("7x4") == true)
    #expect(taken?.failures[1].reason.contains("no annotation has an outline") == true)
  }

  @Test func `images that it annotates and that are not there are told`() throws {
    let folder = try TestFolder()
    try folder.picture("z.png")
    try write("c.json", to: folder)
    #expect(
      try scan(folder).pairing.notes == [
        "'c.json' lists 1 image that is not here, such as 'images/a.png'"
      ])
  }
}

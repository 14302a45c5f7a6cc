import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct ImportCOCOTests {
  private func write(
    _ annotations: String, to folder: TestFolder, images: String? = nil
  ) throws -> URL {
    let listed =
      images
      ?? #"{"id":1,"file_name":"a.png","width":6,"height":4},"#
      + #"{"id":2,"file_name":"sub/b.tif","width":6,"height":4},"#
      + #"{"id":3,"file_name":"gone.png","width":6,"height":4}"#
    let text =
      #"{"info":{},"images":["# + listed + #"],"categories":[{"id":1,"name":"cell"},"#
      + #"{"id":2,"name":"dirt"}],"annotations":"# + annotations + "}"
    try folder.write(Data(text.utf8), to: "coco.json")
    return folder.url.appending(path: "coco.json")
  }

  private func images() throws -> TestFolder {
    let folder = try TestFolder()
    try folder.image("images/a.png")
    try folder.image("images/sub/b.tif")
    return folder
  }

  @Test func `polygons, runs and packed runs of an image are one mask`() throws {
    let folder = try images()
    let file = try write(
      #"""
      [{"id":1,"image_id":1,"category_id":1,"segmentation":[[0,0,2,0,2,2,0,2],[3,3,5,3,5,4,3,4]]},
       {"id":2,"image_id":1,"category_id":2,"segmentation":{"counts":[20,4],"size":[4,6]},
        "iscrowd":1},
       {"id":3,"image_id":2,"category_id":1,"segmentation":{"counts":"525O6","size":[4,6]}}]
      """#, to: folder)
    let set = try ImportSet.coco(file, images: folder.url.appending(path: "images"))
    #expect(set.notes.contains { $0.contains("gone.png") })
    let out = folder.url.appending(path: "out")
    let records = try Importer.write(set, to: out)
    #expect(records.map(\.image) == ["a.png", "sub/b.png"])
    // Packed by pycocotools: columns 1 and 3.
    let packed = try MaskFile.read(out.appending(path: "masks/sub/b.png"), polarity: .cellWhite)
    #expect(packed.pixels == rows(["000100", "010000", "010000", "000000"]))
    let first = try MaskFile.read(out.appending(path: "masks/a.png"), polarity: .cellWhite)
    #expect(first.pixels == rows(["110001", "110001", "000001", "000111"]))
    let cells = try ImportSet.coco(
      file, images: folder.url.appending(path: "images"), categories: ["cell"])
    _ = try Importer.write(cells, to: folder.url.appending(path: "cells"))
    let one = try MaskFile.read(
      folder.url.appending(path: "cells/masks/a.png"), polarity: .cellWhite)
    #expect(one.pixels == rows(["110000", "110000", "000000", "000110"]))
  }

  private func rows(_ rows: [String]) -> [UInt8] { rows.joined().map { $0 == "1" ? 1 : 0 } }

  @Test func `packed runs unpack to what pycocotools packed`() throws {
    struct Golden: Decodable {
      struct Case: Decodable {
        let width: Int
        let height: Int
        let packed: String
        let counts: [Int]
      }

      let cases: [Case]
    }
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Goldens/outlines.json")
    let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
    for expected in golden.cases {
      let limit = expected.width * expected.height
      let runs = COCOSegmentation.unpacked(expected.packed, limit: limit)
      // pycocotools leaves an empty last run away or not; the pixels are the same.
      #expect(runs.map { $0.last == 0 ? Array($0.dropLast()) : $0 } == expected.counts)
    }
    for text in ["o", "/", "ooooooooooooooooo", "é", "22?_"] {
      #expect(COCOSegmentation.unpacked(text, limit: 100) == nil, "\(text)")
    }
  }

  @Test func `images without annotation are left out, or taken as empty`() throws {
    let folder = try images()
    let file = try write(
      #"{"7":{"image_id":2,"segmentation":[[0,0,2,0,2,2]]}}"#, to: folder)
    let input = folder.url.appending(path: "images")
    let set = try ImportSet.coco(file, images: input)
    #expect(set.items.map(\.name) == ["sub/b"])
    #expect(set.notes.contains { $0.contains("1 images have no annotation") })
    let all = try ImportSet.coco(file, images: input, keepsEmpty: true)
    let records = try Importer.write(all, to: folder.url.appending(path: "out"))
    #expect(records.map(\.foreground)[0] == 0 && records[1].foreground > 0)
  }

  @Test(arguments: [
    (#"[{"image_id":1,"segmentation":[[0,0,2,0]]}]"#, "annotations[0].segmentation"),
    (#"[{"image_id":1,"segmentation":[[0,0,"x",0,1,1]]}]"#, "segmentation[0][2]"),
    (#"[{"image_id":1,"segmentation":{"counts":[3,4],"size":[4,6]}}]"#, "6x4 pixels"),
    (#"[{"image_id":1,"segmentation":{"counts":[-3,27],"size":[4,6]}}]"#, "6x4 pixels"),
    (#"[{"image_id":1,"segmentation":{"counts":"zz","size":[4,6]}}]"#, "6x4 pixels"),
    (#"[{"image_id":1,"segmentation":{"counts":[9],"size":[9223372036854775807,9]}}]"#, "size"),
    (#"[{"image_id":1,"bbox":[0,0,2,2]}]"#, "box"), (#"[{"segmentation":[]}]"#, "image_id"),
    (#"[{"image_id":9,"segmentation":[[0,0,2,0,2,2]]}]"#, "image 9"), ("[", "JSON"),
  ])
  func `a file that is none says where`(annotations: String, says: String) throws {
    let folder = try images()
    let file = try write(annotations, to: folder)
    do {
      _ = try ImportSet.coco(file, images: folder.url.appending(path: "images"))
      Issue.record("not refused")
    } catch {
      #expect("\(error)".contains(says), "\(error)")
      #expect(!"\(error)".contains("\n"), "\(error)")
    }
  }

  @Test(arguments: [
    #"[{"image_id":1,"segmentation":[[0,0,1e300,0,2,2]]}]"#,
    #"[{"image_id":1,"segmentation":[[0,0,13,0,2,2]]}]"#,
    #"[{"image_id":1,"segmentation":{"counts":[6],"size":[2,3]}}]"#,
  ])
  func `outlines that do not lie on the image are refused, and nothing is written`(
    annotations: String
  ) throws {
    let folder = try images()
    let set = try ImportSet.coco(
      try write(annotations, to: folder), images: folder.url.appending(path: "images"))
    let out = folder.url.appending(path: "out")
    #expect(throws: ImagingError.self) { try Importer.write(set, to: out) }
    #expect(!FileManager.default.fileExists(atPath: out.path))
  }

  @Test func `an image of another size, an unknown category, and no image are refused`() throws {
    let folder = try images()
    let one = #"[{"image_id":1,"category_id":1,"segmentation":[[0,0,2,0,2,2]]}]"#
    let input = folder.url.appending(path: "images")
    let larger = try write(
      one, to: folder, images: #"{"id":1,"file_name":"a.png","width":12,"height":8}"#)
    let set = try ImportSet.coco(larger, images: input)
    #expect(throws: ImagingError.self) {
      try Importer.write(set, to: folder.url.appending(path: "out"))
    }
    #expect(throws: ProjectError.self) {
      try ImportSet.coco(larger, images: input, categories: ["dog"])
    }
    let outside = try write(
      one, to: folder, images: #"{"id":1,"file_name":"../a.png","width":6,"height":4}"#)
    // Only the name's last part is looked for.
    #expect(try ImportSet.coco(outside, images: input).items.map(\.name) == ["a"])
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "none"), withIntermediateDirectories: true)
    #expect(throws: ProjectError.self) {
      try ImportSet.coco(outside, images: folder.url.appending(path: "none"))
    }
  }
}

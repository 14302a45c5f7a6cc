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
    let packed = try MaskFile.read(out.appending(path: "masks/sub/b.png"), rule: .project).mask
    #expect(packed.pixels == rows(["000100", "010000", "010000", "000000"]))
    let first = try MaskFile.read(out.appending(path: "masks/a.png"), rule: .project).mask
    #expect(first.pixels == rows(["110001", "110001", "000001", "000111"]))
    let cells = try ImportSet.coco(
      file, images: folder.url.appending(path: "images"), categories: ["cell"])
    _ = try Importer.write(cells, to: folder.url.appending(path: "cells"))
    let one = try MaskFile.read(
      folder.url.appending(path: "cells/masks/a.png"), rule: .project
    ).mask
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
    (
      #"[{"image_id":1,"segmentation":[[0,0,2,0]]}]"#, "fewer than 3 points, such as annotations[0]"
    ),
    (#"[{"image_id":1,"segmentation":[[0,0,"x",0,1,1]]}]"#, "no list of x and y"),
    (#"[{"image_id":1,"segmentation":[[0,0,1,0,1]]}]"#, "no list of x and y"),
    (#"[{"image_id":1,"segmentation":{"counts":[3,4],"size":[4,6]}}]"#, "do not make up the size"),
    (
      #"[{"image_id":1,"segmentation":{"counts":[-3,27],"size":[4,6]}}]"#, "do not make up the size"
    ),
    (#"[{"image_id":1,"segmentation":{"counts":"zz","size":[4,6]}}]"#, "do not make up the size"),
    (
      #"[{"image_id":1,"segmentation":{"counts":[9],"size":[9223372036854775807,9]}}]"#,
      "do not make up the size"
    ),
    (
      #"[{"image_id":1,"bbox":[0,0,2,2]}]"#,
      "a box only, without an outline, such as annotations[0]"
    ),
    (#"[{"image_id":1,"iscrowd":1,"segmentation":[]}]"#, "a crowd without an outline"),
    (#"[{"image_id":1,"segmentation":null}]"#, "1 annotation is skipped, without an outline"),
    (#"[{"segmentation":[[0,0,2,0,2,2]]}]"#, "without an image"), (#"[7]"#, "can be read"),
    (
      #"[{"id":"x","image_id":9,"segmentation":[[0,0,2,0,2,2]]}]"#,
      "not listed, such as annotations[0] (id x)"
    ),
    (#"[{"image_id":1,"segmentation":[[0,0,1e300,0,2,2]]}]"#, "far outside"),
    (#"[{"image_id":1,"segmentation":[[0,0,13,0,2,2]]}]"#, "far outside"),
    (#"[{"image_id":1,"segmentation":{"counts":[6],"size":[2,3]}}]"#, "for one of another size"),
    ("[", "JSON"), (#"{"7":{"image_id":1,"bbox":[]}}"#, "such as annotations['7']"),
  ])
  func `a file of which nothing can be used says why and where`(
    annotations: String, says: String
  ) throws {
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

  @Test func `what cannot be used is skipped and counted from 0, and the rest is read`() throws {
    let folder = try images()
    let file = try write(
      #"""
      [{"id":4,"image_id":"one","segmentation":[[0,0,2,0]]},
       {"id":5,"image_id":"one","segmentation":[[0,0,2,0,2,2,0,2],[3,3]]},
       {"id":6,"image_id":"one","bbox":[0,0,1,1]}, {"id":7,"image_id":"one","bbox":[0,0,1,1]},
       {"id":8,"image_id":2,"segmentation":{"counts":[23,1],"size":[4,6]}},
       {"id":9,"image_id":"2","segmentation":[3,3,5,3,5,4,3,4]},
       {"id":10,"image_id":"2","segmentation":[[0,0],[2,0],[2,2],[0,2]]},
       {"id":11,"image_id":3,"bbox":[0,0,1,1]}]
      """#, to: folder,
      images: #"{"id":"one","file_name":"a.png"},{"id":2,"file_name":"sub/b.tif","width":6},"#
        + #"{"id":3,"file_name":"c.png"},{"id":4},{"id":5,"file_name":"d.png"}"#)
    for name in ["c", "d"] { try folder.image("images/\(name).png") }
    let input = folder.url.appending(path: "images")
    let set = try ImportSet.coco(file, images: input, keepsEmpty: true)
    #expect(
      set.notes == [
        "1 listed images have no id or no file_name",
        "3 annotations are skipped, a box only, without an outline, such as annotations[2] (id 6)",
        "1 annotation is skipped, a polygon of fewer than 3 points, such as annotations[0] (id 4)",
        "1 annotation is read in part, a polygon of fewer than 3 points, such as annotations[1] (id 5)",
        "1 images have no annotation and are left out; --empty takes them",
      ])
    // What is annotated by a box alone is not without a cell.
    #expect(set.items.map(\.name) == ["a", "sub/b", "d"])
    let out = folder.url.appending(path: "out")
    _ = try Importer.write(set, to: out)
    func mask(_ name: String) throws -> [UInt8] {
      try MaskFile.read(out.appending(path: "masks/\(name).png"), rule: .project).mask.pixels
    }
    #expect(try mask("a") == rows(["110000", "110000", "000000", "000000"]))
    #expect(try mask("sub/b") == rows(["110000", "110000", "000000", "000111"]))
    #expect(try mask("d") == rows(["000000", "000000", "000000", "000000"]))
  }

  @Test(arguments: [
    ("a.png", "a"), ("a.jpg", "a"), ("A:\\data\\a.png", "a"), ("images\\sub\\b.tif", "sub/b"),
    ("sub/b.png", "sub/b"), ("./sub//b.tif", "sub/b"), ("../other/b.jpeg", "sub/b"),
    ("/srv/all/b.tif", "sub/b"), ("b", "sub/b"), ("one/c.tif", "one/c"), ("two/c.png", "two/c"),
    ("elsewhere/c.tif", nil), ("s.tif", nil), ("none.png", nil),
  ])
  func `an image is found by its name, without its extension, and by the name's last part`(
    name: String, expected: String?
  ) throws {
    let folder = try images()
    for path in ["one/c.tif", "two/c.tif"] { try folder.image("images/\(path)") }
    let pages = [Image](
      repeating: Image(width: 6, height: 4, bitDepth: 8, values: .init(repeating: 1, count: 24)),
      count: 2)
    try folder.write(TestTIFF.plain(pages), to: "images/s.tif")
    let scan = try ImageScan(of: folder.url.appending(path: "images"))
    #expect(scan.images.count == 6)
    let found = ImageFinder(scan.images).find(name)
    #expect(found.map { ImportSet.name(of: $0.key) } == expected)
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

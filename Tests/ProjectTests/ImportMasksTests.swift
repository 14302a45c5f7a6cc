import Basics
import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct ImportMasksTests {
  /// A data set as BU-BIL's are: nested folders, `seg_` names, the cell black.
  private func buBIL(_ folder: TestFolder, _ dataSet: String, frames: [String]) throws {
    for (place, frame) in frames.enumerated() {
      var generator = SeededGenerator(seed: UInt64(place + 1))
      let values = (0..<300 * 240).map { _ in Float(generator.index(below: 256)) }
      let image = Image(width: 300, height: 240, bitDepth: 8, values: values)
      try folder.write(PNG.encode(image), to: "\(dataSet)/RawImages/\(frame).png")
      var background = Mask(width: 300, height: 240)
      background.fill(0..<300 * 240, with: true)
      for y in 100..<120 { background.fill(y * 300 + 50..<y * 300 + 90, with: false) }
      let parts = frame.split(separator: "/")
      let name = (parts.dropLast() + ["seg_" + (parts.last ?? "")]).joined(separator: "/")
      try folder.write(
        MaskFile.encode(background), to: "\(dataSet)/GoldStandard/\(name).png")
    }
  }

  @Test func `whole frames of data set 1 come with their masks, the cell white`() throws {
    let folder = try TestFolder()
    try buBIL(folder, "BU-BIL_Dataset1", frames: ["B01", "chian1/01"])
    let set = try ImportSet.buBIL(folder.url.appending(path: "BU-BIL_Dataset1"))
    #expect(set.items.map(\.name) == ["B01", "chian1/01"])
    #expect(set.notes.contains { $0.contains("0 is cell") })
    let out = folder.url.appending(path: "out")
    let records = try Importer.write(set, to: out)
    #expect(records.map(\.image) == ["B01.png", "chian1/01.png"])
    #expect(records.allSatisfy { $0.width == 300 && $0.height == 240 && $0.group.isEmpty })
    let scan = try ImageScan(of: out)
    #expect(scan.images.map(\.key.text) == ["B01.png", "chian1/01.png"])
    #expect(scan.pairing.matches.count == 2)
    for match in scan.pairing.matches {
      let mask = try MaskFile.read(match.source.file, rule: .project).mask
      #expect(mask.area == 800 && mask[50, 100] && !mask[0, 0])
    }
    let raw = folder.url.appending(path: "BU-BIL_Dataset1/RawImages/B01.png")
    #expect(
      try ImageFile.read(out.appending(path: "B01.png")).values == ImageFile.read(raw).values)
  }

  @Test func `frames of data set 2 are cropped, and those that are crowded left out`() throws {
    let folder = try TestFolder()
    try buBIL(folder, "BU-BIL_Dataset2", frames: ["P02", "P03", "Chian1_08"])
    let input = folder.url.appending(path: "BU-BIL_Dataset2")
    let set = try ImportSet.buBIL(input)
    #expect(set.items.map(\.name) == ["P02"])
    let records = try Importer.write(set, to: folder.url.appending(path: "out"))
    // Columns 50...89 and rows 100...119: the middle is (69, 109), the side the least one.
    #expect(records[0].width == 192 && records[0].height == 192)
    #expect(records[0].x == 0 && records[0].y == 13)
    #expect(records[0].foreground == 800.0 / (192 * 192))
    #expect(try ImportSet.buBIL(input, keepsCrowded: true).items.count == 3)
    let whole = try ImportSet.buBIL(input, isCropped: false)
    #expect(whole.items.count == 3 && whole.items.allSatisfy { !$0.isCropped })
  }

  @Test func `what nobody annotated is imported, cropped with its image, and void masks refused`()
    throws
  {
    let folder = try TestFolder()
    let dataSet = folder.url.appending(path: "BU-BIL_Dataset2")
    try folder.image("BU-BIL_Dataset2/RawImages/P02.png", width: 300, height: 240)
    let values: [Float] = (0..<300 * 240).map { index in
      let (x, y) = (index % 300, index / 300)
      return x < 60 ? 128 : (70..<110).contains(x) && (100..<120).contains(y) ? 255 : 0
    }
    let mask = Image(width: 300, height: 240, bitDepth: 8, values: values)
    try folder.write(PNG.encode(mask), to: "BU-BIL_Dataset2/GoldStandard/seg_P02.png")
    let out = folder.url.appending(path: "out")
    let record = try Importer.write(try ImportSet.buBIL(dataSet), to: out)[0]
    let read = try MaskFile.read(out.appending(path: "masks/P02.png"), rule: .project)
    let crop = Mask(width: 300, height: 240, pixels: values.map { $0 == 128 ? 1 : 0 })
      .cropped(x: record.x, y: record.y, width: record.width, height: record.height)
    #expect(read.mask.area == 800 && read.unknown == crop && crop.area > 0)
    let blank = Image(width: 300, height: 240, bitDepth: 8, values: values.map { _ in 0 })
    try folder.write(PNG.encode(blank), to: "BU-BIL_Dataset2/GoldStandard/seg_P02.png")
    #expect(throws: ProjectError.masks(.noCell(looked: 1, total: 1))) {
      try ImportSet.buBIL(dataSet)
    }
  }

  @Test func `images that look alike are one group, in a table that gives groups`() throws {
    let folder = try TestFolder()
    try buBIL(folder, "set", frames: ["a", "b", "c"])
    let copy = try Data(contentsOf: folder.url.appending(path: "set/RawImages/a.png"))
    try folder.write(copy, to: "set/RawImages/c.png")
    let out = folder.url.appending(path: "out")
    let records = try Importer.write(
      try ImportSet.buBIL(folder.url.appending(path: "set")), to: out)
    #expect(records.map(\.group) == ["a", "", "a"])
    let groups = try ImageGroups(
      out.appending(path: Importer.manifest).path, of: ImageScan(of: out).images.map(\.key))
    #expect(groups.names == [ImageKey("a.png"): "a", ImageKey("c.png"): "a"])
  }

  @Test func `depths are kept, and floating point stays so`() throws {
    let folder = try TestFolder()
    let depths: [(String, Int, Float)] = [
      ("a", 8, 1), ("b", 16, 257), ("c", 32, 0.5), ("d", 32, -1),
    ]
    for (name, depth, scale) in depths {
      let image = Image(
        width: 6, height: 4, bitDepth: depth, values: (0..<24).map { Float($0) * scale })
      try folder.write(TIFF.encode(image, bitDepth: depth), to: "images/\(name).tif")
      try folder.mask("truth/\(name)_mask.png", area: 7)
    }
    let set = try ImportSet.masks(
      of: folder.url.appending(path: "images"), in: folder.url.appending(path: "truth"))
    let out = folder.url.appending(path: "out")
    let records = try Importer.write(set, to: out)
    #expect(records.map(\.image) == ["a.png", "b.png", "c.tif", "d.tif"])
    #expect(records.map(\.bits) == [8, 16, 32, 32])
    for (record, scale) in zip(records, depths.map(\.2)) {
      let image = try ImageFile.read(out.appending(path: record.image))
      #expect(image.values == (0..<24).map { Float($0) * scale })
    }
  }

  @Test func `a file that cannot be used is named, and nothing is written`() throws {
    let folder = try TestFolder()
    try folder.image("images/a.png")
    try folder.image("images/b.png")
    try folder.mask("images/masks/a.png")
    try folder.mask("images/masks/b.png", width: 5, height: 4)
    var set = try ImportSet.masks(of: folder.url.appending(path: "images"))
    let out = folder.url.appending(path: "new/out")
    #expect(throws: ImagingError.maskSize(file: "b.png", mask: "5x4", image: "6x4")) {
      try Importer.write(set, to: out)
    }
    #expect(folder.listing.filter { $0.hasPrefix("new/") && $0.contains("out") } == [])
    #expect(throws: ProjectError.self) { try set.skip(["z"]) }
    try set.skip(["b"])
    #expect(try Importer.write(set, to: out).count == 1)
    #expect(throws: ProjectError.notEmpty(out.path)) { try Importer.write(set, to: out) }
    #expect(folder.listing.contains("new/out/masks/a.png"))
  }

  @Test func `images of one name are told apart by their extensions`() throws {
    let folder = try TestFolder()
    try folder.image("a/x.png")
    try folder.image("a/x.tif")
    let items = ["x.png", "x.tif"].map { name in
      ImportItem(
        name: "x", image: folder.url.appending(path: "a/\(name)"),
        truth: .mask(.picture(folder.url, page: 0), rule: .project))
    }
    #expect(try ImportSet(items: items).items.map(\.name) == ["x.png", "x.tif"])
    #expect(throws: ProjectError.self) { try ImportSet(items: [items[0], items[0]]) }
    for name in ["../x", "/x", "a//x", ""] {
      var item = items[0]
      item.name = name
      #expect(throws: ProjectError.self) { try ImportSet(items: [item]) }
    }
  }

  @Test(.enabled(if: realData != nil, "no ../shared/data: BU-BIL is not imported"))
  func `crops of the real data set 2 are those that were published, and one frame is one group`()
    throws
  {
    let data = try #require(realData)
    let folder = try TestFolder()
    let set = try ImportSet.buBIL(data.appending(path: "BU-BIL/BU-BIL_Dataset2"))
    #expect(set.items.count == 7)
    let out = folder.url.appending(path: "out")
    let records = try Importer.write(set, to: out)
    let published = data.appending(path: "bubil2-rabbitsmc-crops")
    for record in records {
      let ours = try ImageFile.read(out.appending(path: record.image))
      let theirs = try ImageFile.read(published.appending(path: "images/\(record.image)"))
      #expect(ours.width == theirs.width && ours.values == theirs.values, "\(record.image)")
      let mask = try MaskFile.read(
        out.appending(path: "masks/\(record.image)"), rule: .project)
      let truth = try MaskFile.read(
        published.appending(path: "masks/\(record.image)"), rule: .project)
      #expect(mask == truth, "\(record.image)")
    }
    let grouped = records.filter { !$0.group.isEmpty }.map(\.image)
    #expect(grouped == ["Chian1_24.png", "Chian1_25.png"])
  }

  @Test(.enabled(if: realData != nil, "no ../shared/data: BU-BIL is not imported"))
  func `the real data set 1 comes whole`() throws {
    let data = try #require(realData)
    let folder = try TestFolder()
    let set = try ImportSet.buBIL(data.appending(path: "BU-BIL/BU-BIL_Dataset1"))
    let records = try Importer.write(set, to: folder.url.appending(path: "out"))
    #expect(records.count == 35)
    #expect(records.allSatisfy { $0.group.isEmpty && $0.width >= 1024 })
    let mean = records.reduce(0) { $0 + $1.foreground } / 35
    #expect((0.035...0.045).contains(mean))
  }
}

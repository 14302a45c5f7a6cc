import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

/// Masks that were once read wrongly without a word.
struct SilentReadingTests {
  /// An array of NumPy of bytes.
  private static func array(_ numbers: [UInt8], shape: String) -> Data {
    let text = "{'descr': '|u1', 'fortran_order': False, 'shape': (\(shape)), }"
    let header = text + String(repeating: " ", count: 117 - text.utf8.count) + "\n"
    return Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8) + numbers)
  }

  /// A disc of a value on 0, 64 x 48 pixels.
  private static func disc(_ value: UInt8, ground: UInt8 = 0, radius: Int = 12) -> [UInt8] {
    (0..<64 * 48).map { index in
      let (x, y) = (index % 64 - 30, index / 64 - 24)
      return x * x + y * y < radius * radius ? value : ground
    }
  }

  private static func png(_ bytes: [UInt8]) -> Data {
    PNG.encode(Image(width: 64, height: 48, bitDepth: 8, values: bytes.map(Float.init)))
  }

  private static let picture = png((0..<64 * 48).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) })

  /// What a folder of masks says of three images: the line, and the areas of its masks.
  private func reading(
    _ files: [(name: String, data: Data)], values: MaskValues = .automatic
  ) throws -> (line: String, areas: [Int], notes: [String]) {
    let folder = try TestFolder()
    for index in 0..<3 { try folder.write(Self.picture, to: "images/\(index).png") }
    for file in files { try folder.write(file.data, to: "masks/" + file.name) }
    let images = try ImageScan(of: folder.url.appending(path: "images")).images
    let pairing = try MaskMatching.match(
      folder: folder.url.appending(path: "masks"), images: images)
    let pages = pairing.matches.flatMap(\.source.pictures)
    let decision = try MaskFile.decide(for: pages, given: values)
    let areas = try pairing.matches.map { match in
      try match.source.read(
        rule: decision.rule, width: 64, height: 48, image: (folder.url, 0)
      ).mask.area
    }
    return (decision.line, areas, pairing.notes)
  }

  @Test func `128 alone beside the ground is cell, said or found`() throws {
    let area = Self.disc(1).count { $0 == 1 }
    let masks = (0..<3).map { ("\($0).png", Self.png(Self.disc(128))) }
    #expect(try reading(masks).areas == [area, area, area])
    #expect(try reading(masks, values: .white).areas == [area, area, area])
    // Beside masks of 255 in the same set, too.
    let mixed = (0..<3).map { ("\($0).png", Self.png(Self.disc($0 == 0 ? 255 : 128))) }
    #expect(try reading(mixed).areas == [area, area, area])
    // What Aura wrote is not annotated there.
    let folder = try TestFolder()
    try folder.write(Self.png(Self.disc(128)), to: "m.png")
    let file = folder.url.appending(path: "m.png")
    #expect(try MaskFile.read(file, rule: .project).unknown?.area == area)
  }

  @Test func `arrays of NumPy are understood together, and told`() throws {
    let area = Self.disc(1).count { $0 == 1 }
    // One is nearly all cell, and alone would be taken for inverted.
    let masks = (0..<3).map { index in
      let bytes = index == 0 ? Self.disc(0, ground: 1, radius: 8) : Self.disc(1)
      return ("\(index).npy", Self.array(bytes, shape: "48, 64"))
    }
    let found = try reading(masks)
    #expect(found.areas[0] > 2_500 && found.areas[1...] == [area, area])
    #expect(found.line.hasPrefix("0 is ground, 1 is cell"))
    #expect(try reading(masks, values: .black).areas[1] == 64 * 48 - area)
  }

  @Test func `of several planes for one image none is taken for its mask`() throws {
    let planes = Self.disc(0, ground: 1) + Self.disc(1)
    let found = try reading([("0.npy", Self.array(planes, shape: "2, 48, 64"))])
    #expect(found.areas.isEmpty)
    #expect(found.notes.contains { $0.hasPrefix("'0.npy' has 2 planes and '0.png' one image") })
  }

  @Test func `archives of NumPy among masks are named`() throws {
    let found = try reading([("0.npz", Data("PK\u{3}\u{4}".utf8))])
    #expect(found.notes.contains { $0.contains("'0.npz'") && $0.contains("numpy.save") })
  }

  @Test func `pages of nnU-Net's channels stay apart`() throws {
    let folder = try TestFolder()
    func stack(_ first: Int) -> Data {
      TestTIFF.plain(
        (0..<3).map { page in
          Image(
            width: 6, height: 4, bitDepth: 8,
            values: Array(repeating: Float(first + page), count: 24))
        })
    }
    for channel in 0..<2 {
      try folder.write(stack(10 * channel), to: "imagesTr/x_000\(channel).tif")
    }
    let scan = try ImageScan(of: folder.url, channel: ChannelChoice(.number(1)))
    #expect(scan.images.map(\.key.text) == (1...3).map { "imagesTr/x_0000.tif#\($0)" })
    #expect(try scan.images.map { try $0.read().values[0] } == [10, 11, 12])
  }

  @Test func `a mask for each channel of one field is that of the channel that is looked at`()
    throws
  {
    let folder = try TestFolder()
    func pages(_ isMask: Bool) -> [Image] {
      (0..<2).map { page in
        Image(
          width: 6, height: 4, bitDepth: 8,
          values: (0..<24).map { isMask ? ($0 < 5 + page ? 255 : 0) : Float($0 * 9 + page) })
      }
    }
    try folder.write(TestTIFF.imageJ(pages(false), channels: 2), to: "images/s.tif")
    try folder.write(TestTIFF.plain(pages(true)), to: "masks/s.tif")
    for channel in 0..<2 {
      let images = try ImageScan(
        of: folder.url.appending(path: "images"), channel: ChannelChoice(.number(channel))
      ).images
      let found = try MaskMatching.match(
        folder: folder.url.appending(path: "masks"), images: images)
      #expect(found.matches.map(\.source.pictures.first?.page) == [channel])
      #expect(found.notes.isEmpty)
    }
  }

  @Test func `a file of several pages is a stack whatever its name ends in`() throws {
    let pages = (0..<3).map { page in
      Image(width: 6, height: 4, bitDepth: 8, values: (0..<24).map { Float($0 + page) })
    }
    for ending in ["lsm", "stk", "tf8", "btf"] {
      let folder = try TestFolder()
      try folder.write(TestTIFF.plain(pages), to: "s.\(ending)")
      #expect(try ImageScan(of: folder.url).images.count == 3, "\(ending)")
    }
  }

  @Test func `where it cannot be told what is the mask, nothing is called a copy of it`() throws {
    let folder = try TestFolder()
    for name in ["a", "b"] {
      try folder.picture("\(name).jpg")
      try folder.picture("\(name).png", isMask: true)
    }
    var reader = PictureReader()
    reader.looksLikeMask = { _ in nil }
    let untold = try ImageScan(of: folder.url, reader: reader)
    #expect(untold.images.map(\.key.text) == ["a.jpg", "a.png", "b.jpg", "b.png"])
    reader.looksLikeMask = { _ in false }
    let copies = try ImageScan(of: folder.url, reader: reader)
    #expect(copies.images.map(\.key.text) == ["a.png", "b.png"])
  }

  @Test func `results of the Cell Tracking Challenge and of ImageJ are no images`() throws {
    let folder = try TestFolder()
    for name in ["01/t000.png", "01/t001.png", "k0.tif"] { try folder.picture(name) }
    for name in ["01_GT/SEG/man_seg000.png", "01_ST/SEG/man_seg000.png", "Mask of k0.tif"] {
      try folder.picture(name, isMask: true)
    }
    let scan = try ImageScan(of: folder.url)
    #expect(scan.images.map(\.key.text) == ["01/t000.png", "01/t001.png", "k0.tif"])
    #expect(scan.pairing.matches.map(\.key.text) == ["k0.tif"])
  }

  @Test func `two codings of one umlaut are two images`() throws {
    let folder = try TestFolder()
    let names = ["Zellk\u{F6}rper.png", "Zellko\u{308}rper.png"]
    for name in names { try folder.picture(name) }
    let store = try ProjectStore.open(images: folder.url)
    #expect(store.keys.count == 2 && store.keys[0] != store.keys[1])
    for (area, key) in store.keys.enumerated() {
      let header = try ImageFile.header(try store.source(of: key).file)
      try store.decide(
        Decision(image: key, state: .accepted, time: 1),
        mask: .leading(area + 3, width: header.width, height: header.height))
    }
    store.close()
    let again = try ProjectStore.open(images: folder.url)
    #expect(again.labelledKeys.count == 2)
    #expect(try again.keys.map { try again.acceptedCells(of: $0)?.mask.area } == [3, 4])
  }

  @Test func `a COCO file of no use costs its own images`() throws {
    let folder = try TestFolder()
    for name in ["a.png", "b.png"] { try folder.picture(name) }
    try folder.picture("b_mask.png", isMask: true)
    let bad =
      #"{"images":[{"id":1,"file_name":"a.png"}],"annotations":[{"image_id":1,"segmentation":[[1,2]]}]}"#
    try folder.write(Data(bad.utf8), to: "a.json")
    let store = try ProjectStore.open(images: folder.url)
    let taken = try store.takeFoundMasks(values: nil, time: 1)
    #expect(taken?.imported.map(\.text) == ["b.png"] && taken?.failures.count == 1)
  }
}

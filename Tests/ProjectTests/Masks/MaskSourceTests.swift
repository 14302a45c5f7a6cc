import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct MaskSourceTests {
  /// A rectangle as ImageJ writes it, on an image of a stack (from 1), or on all.
  private func roi(columns: Range<Int>, rows: Range<Int>, on position: Int = 0) -> Data {
    var bytes = [UInt8](repeating: 0, count: 64)
    func put(_ value: Int, _ place: Int) {
      (bytes[place], bytes[place + 1]) = (UInt8(value >> 8), UInt8(value & 255))
    }
    bytes.replaceSubrange(0..<4, with: Array("Iout".utf8))
    put(227, 4)
    bytes[6] = 1
    put(rows.lowerBound, 8)
    put(columns.lowerBound, 10)
    put(rows.upperBound, 12)
    put(columns.upperBound, 14)
    put(position, 58)
    return Data(bytes)
  }

  /// An array of NumPy of 16 bits a number.
  private func array(_ numbers: [UInt16], shape: String) -> Data {
    let text = "{'descr': '<u2', 'fortran_order': False, 'shape': (\(shape)), }"
    let header = text + String(repeating: " ", count: 117 - text.utf8.count) + "\n"
    return Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8))
      + Data(numbers.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
  }

  private func pages(_ count: Int) -> [Image] {
    (0..<count).map { page in
      Image(width: 6, height: 4, bitDepth: 8, values: (0..<24).map { Float($0 * 9 + page) })
    }
  }

  private func annotations(_ scan: ImageScan) throws -> [String: Annotation] {
    let images = Dictionary(uniqueKeysWithValues: scan.images.map { ($0.key, $0) })
    return try scan.pairing.matches.reduce(into: [:]) { result, match in
      let image = try #require(images[match.key])
      result[match.key.text] = try match.source.read(
        rule: .project, width: 6, height: 4, image: (image.file, image.page))
    }
  }

  @Test func `outlines of ImageJ are masks of the images that they were drawn on`() throws {
    let folder = try TestFolder()
    try folder.write(TestTIFF.plain(pages(3)), to: "s.tif")
    try folder.write(TestTIFF.imageJ(pages(4), channels: 2), to: "t.tif")
    try folder.write(TestTIFF.plain(pages(1)), to: "u.tif")
    try folder.write(roi(columns: 1..<3, rows: 1..<2, on: 2), to: "s.roi")
    try folder.write(roi(columns: 0..<6, rows: 3..<4, on: 4), to: "t.roi")
    try folder.write(roi(columns: 2..<9, rows: 2..<4), to: "u.roi")
    for channel in 0...1 {
      let scan = try ImageScan(of: folder.url, channel: ChannelChoice(.number(channel)))
      #expect(scan.images.count == 6)
      let found = try annotations(scan)
      // Of a stack the images have masks that something was drawn on, in whichever channel.
      #expect(found.keys.sorted() == ["s.tif#2", "t.tif#3", "u.tif"])
      #expect(found["s.tif#2"]?.mask.area == 2 && found["s.tif#2"]?.mask[1, 1] == true)
      #expect(found["t.tif#3"]?.mask.area == 6)
      #expect(found["u.tif"]?.mask.area == 8 && found["u.tif"]?.cells?.labels.max() == 1)
    }
  }

  @Test func `an archive that holds no outlines costs its image alone, and is told`() throws {
    let folder = try TestFolder()
    try folder.write(TestTIFF.plain(pages(1)), to: "a.tif")
    try folder.write(TestTIFF.plain(pages(1)), to: "b.tif")
    try folder.write(Data("PK\u{5}\u{6}".utf8) + Data(count: 18), to: "a.zip")
    try folder.write(roi(columns: 2..<9, rows: 2..<4), to: "b.roi")
    let store = try ProjectStore.open(images: folder.url)
    let taken = try store.takeFoundMasks(values: nil, time: 1)
    #expect(taken?.imported.map(\.text) == ["b.tif"])
    #expect(taken?.failures.map(\.key.text) == ["a.tif"])
  }

  @Test func `GeoJSON numbers the cells of its image, and a damaged one costs its image alone`()
    throws
  {
    let folder = try TestFolder()
    for name in ["a", "b", "c"] { try folder.write(TestTIFF.plain(pages(1)), to: "\(name).tif") }
    try folder.write(TestTIFF.plain(pages(3)), to: "s.tif")
    let json = """
      {"type":"FeatureCollection","features":[
      {"type":"Feature","properties":{"label":7},"geometry":
      {"type":"Polygon","coordinates":[[[0,0],[2,0],[2,1],[0,1],[0,0]]]}},
      {"type":"Feature","properties":{"label":300},"geometry":
      {"type":"Polygon","coordinates":[[[2,0],[4,0],[4,2],[2,2],[2,0]]]}}]}
      """
    try folder.write(Data(json.utf8), to: "a.geojson")
    try folder.write(Data(json.utf8.prefix(90)), to: "b.geojson")
    try folder.write(Data(json.utf8), to: "s#2.geojson")
    let store = try ProjectStore.open(images: folder.url)
    let taken = try store.takeFoundMasks(values: nil, time: 1)
    #expect(taken?.imported.map(\.text) == ["a.tif", "s.tif#2"])
    #expect(taken?.failures.map(\.key.text) == ["b.tif"])
    let trouble = try #require(taken?.failures.first?.reason)
    #expect(trouble.hasPrefix("b.geojson is no GeoJSON of outlines") && !trouble.contains("\n"))
    for key in ["a.tif", "s.tif#2"] {
      #expect(try store.acceptedCells(of: ImageKey(key))?.areas == [7: 2, 300: 4])
    }
  }

  @Test func `GeoJSON of a whole stack is told and not taken`() throws {
    let folder = try TestFolder()
    try folder.write(TestTIFF.plain(pages(3)), to: "s.tif")
    try folder.write(Data("{}".utf8), to: "s.geojson")
    let scan = try ImageScan(of: folder.url)
    #expect(scan.pairing.matches.isEmpty)
    #expect(
      scan.pairing.notes == [
        "'s.geojson' outlines the cells of one image and 's.tif' has 3: call it after one of them,"
          + " such as 's#1.geojson'"
      ])
  }

  @Test func `pages of an array of NumPy are masks of the pages of a stack`() throws {
    let folder = try TestFolder()
    try folder.write(TestTIFF.plain(pages(3)), to: "images/s.tif")
    try folder.write(
      array((0..<24).map { $0 < 5 ? 7 : 0 } + (0..<24).map { $0 < 2 ? 300 : 0 }, shape: "2, 4, 6"),
      to: "masks/s.npy")
    let scan = try ImageScan(of: folder.url)
    let found = try annotations(scan)
    #expect(found.keys.sorted() == ["images/s.tif#1", "images/s.tif#2"])
    #expect(found["images/s.tif#1"]?.mask == .leading(5))
    #expect(found["images/s.tif#2"]?.mask == .leading(2))
    #expect(scan.pairing.notes.count == 1, "the third is told")
  }

  @Test func `cells of which a part is not annotated keep it, and cells count before it`() throws {
    let folder = try TestFolder()
    try folder.picture("images/q.png")
    func write(_ name: String, _ values: [Float]) throws {
      let image = Image(width: 6, height: 4, bitDepth: 8, values: values)
      try folder.write(PNG.encode(image), to: "masks/q/\(name).png")
    }
    try write("1", (0..<24).map { $0 < 2 ? 255 : $0 > 21 ? 128 : 0 })
    try write("2", (0..<24).map { $0 == 23 ? 255 : 0 })
    let found = try #require(try annotations(try ImageScan(of: folder.url)).values.first)
    #expect(found.mask.area == 3 && found.unknown?.area == 1 && found.unknown?[4, 3] == true)
    #expect(found.cells?.labels.last == 2)
  }
}

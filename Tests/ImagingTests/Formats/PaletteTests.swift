import Basics
import Foundation
import Testing

@testable import Imaging

struct PaletteTests {
  static let greys = (0..<256).map { [$0, $0, $0] }
  /// Blue at the bottom and red at the top of the greys: ImageJ's HiLo.
  static let highAndLow = [[0, 0, 255]] + greys[1..<255] + [[255, 0, 0]]
  static let green = (0..<256).map { [0, $0, 0] }
  /// From black over red and yellow to white.
  static let fire = (0..<256).map { index in
    (0..<3).map { min(max(3 * index - 255 * $0, 0), 255) }
  }
  /// Through the colours of the rainbow, from 6 corners.
  static let spectrum = (0..<256).map { index in
    let (corner, rest) = (index * 6 / 256, index * 6 % 256)
    let (rise, fall) = (rest, 255 - rest)
    return [
      [255, rise, 0], [fall, 255, 0], [0, 255, rise], [0, fall, 255], [rise, 0, 255],
      [255, 0, fall],
    ][corner]
  }
  /// Sixteen colours of sixteen indices each, as ImageJ has them.
  static let steps = (0..<256).map { index in
    let step = index / 16
    return [step % 3 * 120, step % 5 * 60, step % 7 * 40]
  }

  static func random(_ count: Int) -> [[Int]] {
    var rng = SeededGenerator(seed: 3)
    return (0..<count).map { _ in (0..<3).map { _ in rng.index(below: 256) } }
  }

  /// Levels of grey, numbered by how often they come.
  static let numbered = greys.indices.map { greys[$0 * 77 % 256] }

  static func palette(_ colors: [[Int]], isMeasured: Bool) -> Palette {
    Palette(colors.joined().map { UInt8($0) }, isMeasured: isMeasured)
  }

  @Test(arguments: [true, false]) func `tables for show leave the index as the value`(
    isMeasured: Bool
  ) {
    let tables = [
      ("greys", Self.greys, ""), ("green", Self.green, ""), ("fire", Self.fire, ""),
      ("HiLo", Self.highAndLow, "is for show"), ("spectrum", Self.spectrum, "is for show"),
      ("steps", Self.steps, "is for show"), ("falling", Self.greys.reversed(), "high values dark"),
      ("window", Self.greys.map { $0.map { min(max(2 * $0 - 100, 0), 255) } }, ""),
    ]
    for (name, colors, word) in tables {
      let palette = Self.palette(colors, isMeasured: isMeasured)
      #expect(palette.readsIndex, "\(name)")
      #expect(palette.remark.map { $0.contains(word) } ?? word.isEmpty, "\(name)")
    }
  }

  @Test func `the colours of a photograph and of labels are read by brightness, but in a TIFF`() {
    for colors in [Self.random(256), Self.random(53), Self.random(2)] {
      let found = Self.palette(colors, isMeasured: false)
      #expect(!found.readsIndex)
      #expect(
        found.remark == "the colours of its palette follow no order: it is read by brightness")
      #expect(Self.palette(colors, isMeasured: true).readsIndex)
    }
    // What fills the table up behind the last colour makes no run of it.
    let filled = Self.random(53) + Array(repeating: [0, 0, 0], count: 203)
    #expect(!Self.palette(filled, isMeasured: false).readsIndex)
  }

  @Test(arguments: [true, false]) func `greys that were numbered to save room stay greys`(
    isMeasured: Bool
  ) {
    for colors in [Self.numbered, [[0, 0, 0], [255, 255, 255]], Array(Self.greys[9..<40])] {
      let palette = Self.palette(colors, isMeasured: isMeasured)
      #expect(!palette.readsIndex && palette.remark == nil)
    }
  }

  @Test func `a TIFF and a PNG in the colours of a table hold its indices`() throws {
    let rows: [[UInt8]] = [[0, 7, 255], [130, 128, 1]]
    let words = (0..<3).flatMap { color in Self.fire.map { $0[color] * 257 } }
    let tiff = HandMadeTIFF(
      HandMadeTIFF.Page(
        width: 3, height: 2, tags: [262: .shorts([3]), 320: .shorts(words)],
        pixels: Array(rows.joined())))
    #expect(try tiff.values(0) == rows.joined().map { Float($0) })
    let png = HandMadePNG.palette(rows, colors: Self.highAndLow.map { $0.map { UInt8($0) } })
    let image = try ImageFile.decode(png, name: "x.png")
    #expect(image.values == rows.joined().map { Float($0) } && image.bitDepth == 8)
    let bytes = PictureBytes([UInt8](png), name: "x.png")
    #expect(try ImageFile.contents(bytes).remarks.first?.contains("is for show") == true)
  }

  @Test func `a PNG of few colours is read by their brightness, with a word`() throws {
    let png = HandMadePNG.palette(
      [[0, 1, 2]], colors: [[0, 0, 0], [96, 224, 128], [255, 0, 0]])
    #expect(try ImageFile.decode(png, name: "x.png").values == [0, 175, 76])
    let bytes = PictureBytes([UInt8](png), name: "x.png")
    #expect(
      try ImageFile.contents(bytes).remarks == [
        "the colours of its palette follow no order: it is read by brightness"
      ])
  }

  @Test func `a TIFF in 65536 colours holds its indices too`() throws {
    let words = (0..<3 * 65536).map { $0 * 31 % 65536 }
    var page = HandMadeTIFF.Page(
      width: 2, height: 1, tags: [262: .shorts([3]), 320: .shorts(words)], pixels: [1, 2, 3, 4])
    page.bits = 16
    let image = try ImageFile.decode(HandMadeTIFF(page).data, name: "x.tif")
    #expect(image.values == [0x0201, 0x0403] && image.bitDepth == 16)
  }

  @Test func `a TIFF whose palette is missing is damaged`() throws {
    let page = HandMadeTIFF.Page.grey(4, 3, [262: .shorts([3])])
    #expect(throws: ImagingError.damaged(file: "x.tif", reason: "its palette is missing")) {
      try HandMadeTIFF(page).values(0)
    }
  }
}

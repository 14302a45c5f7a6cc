import Foundation
import Testing

@testable import Imaging

struct PixelSizeTests {
  static func size(_ data: Data) throws -> ImageContents.PixelSize? {
    try ImageFile.contents(PictureBytes([UInt8](data), name: "x")).pixelSize
  }

  /// Whether two sizes are the same but for the rounding of a file.
  static func isSame(_ found: ImageContents.PixelSize?, _ x: Double, _ y: Double) -> Bool {
    guard let found else { return false }
    return abs(found.x / x - 1) < 1e-5 && abs(found.y / y - 1) < 1e-5
  }

  @Test(arguments: [(0.65, 0.65), (0.1, 0.2), (6.45, 6.45), (0.0123, 0.0456)])
  func `a size that is written is read`(x: Double, y: Double) throws {
    let size = try #require(ImageContents.PixelSize(x: x, y: y))
    for depth in [8, 16, 32] {
      let image = Noise.image(9, 4, bitDepth: depth, seed: 1)
      let tiff = TIFF.encode(image, bitDepth: depth, pixelSize: size)
      #expect(Self.isSame(try Self.size(tiff), x, y), "\(depth) bits")
      #expect(try ImageFile.decode(tiff, name: "x") == image)
      #expect(TIFF.encode(image, bitDepth: depth, pixelSize: size) == tiff)
      guard depth < 32 else { continue }
      let png = PNG.encode(image, bitDepth: depth, pixelSize: size)
      #expect(Self.isSame(try Self.size(png), x, y), "\(depth) bits")
      #expect(try ImageFile.decode(png, name: "x") == image)
    }
  }

  @Test func `nothing is said of pixels of an unknown size`() throws {
    let image = Noise.image(9, 4, bitDepth: 8, seed: 1)
    for data in [TIFF.encode(image, bitDepth: 8), PNG.encode(image)] {
      #expect(try Self.size(data) == nil)
      #expect(
        data.range(of: Data("ImageJ".utf8)) == nil && data.range(of: Data("pHYs".utf8)) == nil)
    }
    // A size that a PNG cannot count is left out, not written wrongly.
    let tiny = try #require(ImageContents.PixelSize(x: 1e-5, y: 1e-5))
    #expect(try Self.size(PNG.encode(image, pixelSize: tiny)) == nil)
  }

  @Test(
    arguments: [
      (1_538_462, 1, 0.65), (10_000_000, 1, 0.1), (2835, 1, nil), (3780, 1, nil), (11811, 1, nil),
      (1_538_462, 0, nil), (0, 1, nil),
    ] as [(Int, UInt8, Double?)])
  func `a PNG's pixels of a metre are a size where they are none of a print or a screen`(
    pixels: Int, unit: UInt8, size: Double?
  ) throws {
    let plain = PNG.encode(Noise.image(9, 4, bitDepth: 8, seed: 1))
    let chunk = HandMadePNG.chunk(
      "pHYs", HandMadePNG.word(pixels) + HandMadePNG.word(pixels) + [unit])
    let found = try Self.size(plain.prefix(33) + Data(chunk) + plain.dropFirst(33))
    if let size { #expect(Self.isSame(found, size, size)) } else { #expect(found == nil) }
  }

  @Test(
    arguments: [
      // Dots an inch of screens, prints and scanners, and those of a camera's chip or a sample.
      (2, 72, 1, nil), (2, 96, 1, nil), (2, 300, 1, nil), (2, 2400, 1, nil), (2, 254_000, 1, 0.1),
      (nil, 254_000, 1, 0.1), (3, 1, 1, nil), (3, 20_000, 1, 0.5), (1, 2, 1, nil),
      (4, 4000, 1, 0.25),
      (5, 1, 2, 2), (3, 0, 1, nil), (3, 1, 0, nil),
    ] as [(Int?, Int, Int, Double?)])
  func `a TIFF's resolution is a size where no printer means it`(
    unit: Int?, above: Int, below: Int, size: Double?
  ) throws {
    var page = HandMadeTIFF.Page.grey(4, 3)
    page.tags[282] = .fraction(above, below)
    page.tags[283] = .fraction(above, below)
    if let unit { page.tags[296] = .shorts([unit]) }
    let found = try Self.size(HandMadeTIFF(page).data)
    if let size { #expect(Self.isSame(found, size, size)) } else { #expect(found == nil) }
  }

  @Test(
    arguments: [
      ("micron", 4, 0.25), ("um", 4, 0.25), ("µm", 4, 0.25), ("\u{3bc}m", 4, 0.25),
      (#"\u00B5m"#, 4, 0.25), ("Microns", 4, 0.25), ("nm", 1, 0.001), ("mm", 1000, 1),
      ("cm", 20_000, 0.5), ("cm", 1, nil), ("inch", 72, nil), ("inch", 254_000, 0.1), ("m", 1, nil),
      ("pixel", 1, nil), ("sec", 1, nil), ("", 4, nil),
    ] as [(String, Int, Double?)])
  func `ImageJ's units of length are known by their names`(
    unit: String, pixels: Int, size: Double?
  ) throws {
    let page = HandMadeTIFF.Page.grey(
      4, 3,
      [
        270: .text("ImageJ=1.53t\nunit=\(unit)\n"), 282: .fraction(pixels, 1),
        283: .fraction(pixels, 1), 296: .shorts([1]),
      ])
    let found = try Self.size(HandMadeTIFF(page).data)
    if let size { #expect(Self.isSame(found, size, size)) } else { #expect(found == nil) }
  }

  @Test func `a unit in Latin letters, and one of its own for the rows`() throws {
    let text = Array("ImageJ=1.53t\nunit=".utf8) + [0xb5] + Array("m\nyunit=nm\n".utf8)
    let page = HandMadeTIFF.Page.grey(
      4, 3, [270: .bytes(text), 282: .fraction(4, 1), 283: .fraction(1, 20), 296: .shorts([1])])
    #expect(Self.isSame(try Self.size(HandMadeTIFF(page).data), 0.25, 0.02))
  }
}

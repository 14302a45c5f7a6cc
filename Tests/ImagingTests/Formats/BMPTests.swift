import Basics
import Foundation
import Testing

@testable import Imaging

struct BMPTests {
  static let goldens = PictureGolden.load("imaging-bmp")

  @Test func `the goldens are there`() {
    #expect(Self.goldens.count == 39)
  }

  @Test(arguments: goldens) func `a BMP of any depth, order and header holds its samples`(
    file: PictureGolden
  ) throws {
    let picture = try BMP.decode(file.bytes, file: file.name)
    #expect(file.gap(to: picture) == 0)
    #expect(picture.format == .unsigned && !picture.isMinWhite)
  }

  @Test(arguments: goldens) func `a BMP cut anywhere is refused by name or decodes whole`(
    file: PictureGolden
  ) {
    for length in 0..<file.bytes.count {
      do {
        let picture = try BMP.decode(file.bytes.prefix(length), file: file.name)
        // Only what fills up the last row, or says that the end has come, may be missing.
        #expect(file.gap(to: picture) == 0 && file.bytes.count - length < 6, "cut at \(length)")
      } catch {
        #expect(error.description.hasPrefix("\(file.name) is damaged or cut short ("))
      }
    }
  }

  @Test(arguments: goldens) func `flipped bytes never crash the decoder`(file: PictureGolden) {
    for seed in UInt64(0)..<200 {
      var rng = SeededGenerator(seed: seed)
      var bytes = file.bytes
      for _ in 0..<1 + rng.index(below: 4) {
        let reach = rng.chance(0.7) ? min(66, bytes.count) : bytes.count
        bytes[rng.index(below: reach)] = UInt8(rng.index(below: 256))
      }
      _ = try? BMP.decode(bytes, file: file.name)
    }
  }

  /// A BMP of a header of 40 bytes, grey, from the bottom.
  static func bmp(
    width: Int = 4, height: Int = 2, bits: Int = 8, packing: Int = 0, colors: Int = 256,
    pixels: [UInt8]
  ) -> Data {
    let greys: [[UInt8]] = (0..<(bits > 8 ? 0 : colors)).map { grey in
      let value = UInt8(grey)
      return [value, value, value, 0]
    }
    let palette = Array(greys.joined())
    let offset = 54 + palette.count
    let numbers = [
      offset + pixels.count, 0, offset, 40, width, height, 1 | bits << 16, packing, 0, 2835, 2835,
      greys.count, 0,
    ]
    let words = numbers.flatMap { number -> [UInt8] in
      (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    return Data(Array("BM".utf8) + words + palette + pixels)
  }

  @Test func `run lengths that are whole are read, with or without their end`() throws {
    for end in [[], [0, 0], [0, 1], [0, 0, 0, 1]] as [[UInt8]] {
      let runs: [UInt8] = [3, 7, 1, 9, 0, 0, 0, 4, 1, 2, 3, 4] + end
      let picture = try BMP.decode(Self.bmp(packing: 1, pixels: runs), file: "x.bmp")
      #expect(picture.samples == [1, 2, 3, 4, 7, 7, 7, 9])
    }
  }

  @Test(
    arguments: [
      ("a row that ends early", [2, 7, 0, 0, 4, 1, 0, 1]),
      ("a picture that ends early", [4, 7, 0, 0, 0, 1]),
      ("a place that is passed over", [2, 7, 0, 2, 2, 0, 0, 0, 4, 1, 0, 1]),
    ] as [(String, [UInt8])]) func `run lengths that leave pixels out are refused by name`(
      case: String, runs: [UInt8]
    )
  {
    let error = #expect(throws: ImagingError.self) {
      try BMP.decode(Self.bmp(packing: 1, pixels: runs), file: "x.bmp")
    }
    #expect(error == .unsupported(file: "x.bmp", reason: "its run lengths leave pixels out"))
  }

  @Test(
    arguments: [
      ("a run of pixels leaves its row", [5, 7, 0, 0, 4, 1, 0, 1]),
      ("a run of pixels leaves its row", [4, 7, 1, 7, 0, 0, 4, 1, 0, 1]),
      ("a run of pixels leaves its row", [4, 7, 0, 0, 4, 1, 0, 0, 1, 1]),
      ("a run of pixels leaves its row", [0, 5, 1, 2, 3, 4, 5, 0, 0, 0, 4, 1, 0, 1]),
      ("the file ends too early", [4, 7, 0, 0, 0, 4, 1, 2]),
    ] as [(String, [UInt8])]) func `run lengths that contradict the size are damage`(
      reason: String, runs: [UInt8]
    )
  {
    let error = #expect(throws: ImagingError.self) {
      try BMP.decode(Self.bmp(packing: 1, pixels: runs), file: "x.bmp")
    }
    #expect(error == .damaged(file: "x.bmp", reason: reason))
  }

  @Test func `an index without a colour is damage, not black`() throws {
    let sound = try BMP.decode(
      Self.bmp(colors: 3, pixels: [0, 1, 2, 0, 2, 1, 0, 0]), file: "x.bmp")
    #expect(sound.samples == [2, 1, 0, 0, 0, 1, 2, 0])
    #expect(sound.color == .palette([0, 0, 0, 1, 1, 1, 2, 2, 2]))
    let error = #expect(throws: ImagingError.self) {
      try BMP.decode(Self.bmp(colors: 3, pixels: [0, 1, 2, 0, 2, 3, 0, 0]), file: "x.bmp")
    }
    #expect(error == .damaged(file: "x.bmp", reason: "a pixel has no colour in its palette"))
  }

  @Test(
    arguments: [
      ("it holds a JPEG", 24, 4), ("it holds a PNG", 24, 5),
      ("its compression, 9, is not known", 8, 9),
      ("it has 64 bits a pixel in an unusual packing", 64, 0),
      ("it has 4 bits a pixel in an unusual packing", 4, 1),
    ] as [(String, Int, Int)]) func `a BMP of a form that is not read is never called damaged`(
      reason: String, bits: Int, packing: Int
    )
  {
    let bytes = Self.bmp(bits: bits, packing: packing, pixels: Array(repeating: 0, count: 64))
    let error = #expect(throws: ImagingError.self) { try BMP.decode(bytes, file: "x.bmp") }
    #expect(error == .unsupported(file: "x.bmp", reason: reason))
  }

  @Test(
    arguments: [
      (65535, 65535, 24, 0), (16000, 16000, 24, 0), (1, 1 << 31, 1, 0),
    ]
      + [(0, 4, 8, 0), (4, 0, 8, 0), (-4, 4, 8, 0)])
  func `a size that the bytes cannot hold is refused`(
    width: Int, height: Int, bits: Int, packing: Int
  ) {
    let bytes = Self.bmp(
      width: width, height: height, bits: bits, packing: packing, pixels: [1, 2, 3, 4])
    let error = #expect(throws: ImagingError.self) { try BMP.decode(bytes, file: "x.bmp") }
    #expect(error?.description.hasPrefix("x.bmp ") == true)
  }

  @Test(arguments: [0, 0xFFFF_FFFF, 0x8000_0001, 0x1FF])
  func `colour masks that are no few bits side by side are refused`(mask: UInt32) {
    var bytes = Self.bmp(bits: 32, packing: 3, pixels: Array(repeating: 0, count: 64))
    // Red, green and blue stand behind the header.
    let masks = [mask, 0xFF00, 0xFF].flatMap { (mask: UInt32) -> [UInt8] in
      (0..<4).map { UInt8(truncatingIfNeeded: mask >> (8 * UInt32($0))) }
    }
    bytes.replaceSubrange(54..<66, with: masks)
    let error = #expect(throws: ImagingError.self) { try BMP.decode(bytes, file: "x.bmp") }
    #expect(error?.description.contains("colour masks") == true)
  }

  @Test func `run lengths that cannot fill the size are refused before memory is taken`() {
    let bytes = Self.bmp(width: 16000, height: 16000, packing: 1, pixels: [255, 2, 0, 1])
    let error = #expect(throws: ImagingError.self) { try BMP.decode(bytes, file: "x.bmp") }
    let reason = "\(bytes.count) bytes cannot hold 16000x16000 pixels"
    #expect(error == .damaged(file: "x.bmp", reason: reason))
  }

  @Test func `what a header says is told without the pixels`() throws {
    for file in Self.goldens {
      let start = PictureBytes([UInt8](file.bytes), name: file.name)
      let contents = try ImageFile.contents(start)
      #expect(contents.width == file.width && contents.height == file.height)
      #expect(contents.isColor == (file.color == "rgb") && !contents.isLossy)
      let bits = file.name.first(where: \.isNumber).flatMap(\.wholeNumberValue) ?? 0
      #expect(contents.bits == (file.color == "rgb" ? 8 : bits), "\(file.name)")
    }
    // 200 colours without an order.
    let mixed = try #require(Self.goldens.first { $0.name == "palette8.bmp" })
    let contents = try ImageFile.contents(PictureBytes([UInt8](mixed.bytes), name: "x.bmp"))
    #expect(
      contents.remarks == ["the colours of its palette follow no order: it is read by brightness"])
  }

  @Test(.enabled(if: SharedData.isPresent)) func `the field's BMP holds Pillow's pixels`() throws {
    let file = try #require(FieldGolden.files.first { $0.name.hasSuffix("old.bmp") })
    let image = try SharedData.image("field-cases/" + file.name)
    let gaps = file.gaps(to: image)
    #expect(image.bitDepth == 8 && gaps.pixel == 0 && gaps.mean < 1e-6)
  }
}

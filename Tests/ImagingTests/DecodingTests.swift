import Basics
import Foundation
import Imaging
import Testing

struct DecodingTests {
  static let pngs = GoldenFile.load("imaging-png")
  static let tiffs = GoldenFile.load("imaging-tiff")

  @Test func `the goldens are there`() {
    #expect(Self.pngs.count == 30 && Self.tiffs.count == 18)
  }

  @Test(arguments: pngs + tiffs) func `a file decodes to Pillow's and tifffile's values`(
    file: GoldenFile
  ) throws {
    let image = try ImageFile.decode(file.bytes, name: file.name)
    #expect(image.bitDepth == file.bitDepth)
    #expect(image.width == file.width && image.height == file.height)
    #expect(image.values == file.image.values)
  }

  @Test(arguments: tiffs) func `a path gives what bytes in memory give`(file: GoldenFile) throws {
    let folder = try TemporaryFolder()
    let url = try folder.write(file.bytes, as: file.name)
    #expect(try ImageFile.read(url) == ImageFile.decode(file.bytes, name: file.name))
    let header = try ImageFile.header(url)
    #expect(header.width == file.width && header.height == file.height && header.pages == 1)
    #expect(try Data(contentsOf: url) == file.bytes)
  }

  @Test(arguments: pngs + tiffs) func `a file cut anywhere is refused by name or decodes whole`(
    file: GoldenFile
  ) throws {
    for length in stride(from: 0, to: file.bytes.count, by: file.name.hasSuffix("png") ? 3 : 29) {
      do {
        let image = try ImageFile.decode(file.bytes.prefix(length), name: file.name)
        // Only bytes that no pixel needs may be missing.
        #expect(image.values == file.image.values, "cut at \(length)")
      } catch {
        #expect(error.description.hasPrefix(file.name), "cut at \(length): \(error)")
      }
    }
  }

  @Test(arguments: pngs + tiffs) func `flipped bytes never crash a decoder`(file: GoldenFile) {
    for seed in UInt64(0)..<60 {
      var rng = SeededGenerator(seed: seed)
      var bytes = file.bytes
      for _ in 0..<1 + rng.index(below: 6) {
        // Half of the damage goes to the header, where sizes and offsets are.
        let reach = rng.chance(0.5) ? min(64, bytes.count) : bytes.count
        let from = rng.chance(0.5) ? 0 : bytes.count - reach
        bytes[from + rng.index(below: reach)] = UInt8(rng.index(below: 256))
      }
      _ = try? ImageFile.decode(bytes, name: file.name)
    }
  }

  @Test func `a small PNG that claims to be huge is refused before memory is taken`() {
    for (width, height) in [(0xffff, 0xffff), (0x7fff_ffff, 1), (16384, 16385), (16384, 16384)] {
      let error = #expect(throws: ImagingError.self) {
        try ImageFile.decode(HandMadePNG.huge(width: width, height: height), name: "big.png")
      }
      #expect(error?.description.hasPrefix("big.png") == true)
    }
  }

  @Test func `a PNG larger than its bytes can hold is refused before memory is taken`() {
    let error = #expect(throws: ImagingError.self) {
      try ImageFile.decode(HandMadePNG.huge(width: 4000, height: 4000), name: "big.png")
    }
    #expect(error?.description.contains("57 bytes cannot hold 4000x4000 pixels") == true)
  }

  @Test func `a small TIFF that claims to be huge is refused before memory is taken`() throws {
    let image = Noise.image(16, 16, bitDepth: 8, seed: 1)
    var bytes = TIFF.encode(image, bitDepth: 8)
    // The directory is a count and entries of 12 bytes: tag, type, count, value. Width is tag 256, height 257.
    let directory = (0..<4).reduce(0) { $0 | Int(bytes[4 + $1]) << (8 * $1) }
    for entry in stride(from: directory + 2, to: directory + 26, by: 12) {
      guard bytes[entry + 1] == 1, bytes[entry] <= 1 else { continue }
      let isLong = bytes[entry + 2] == 4
      bytes.replaceSubrange(entry + 8..<entry + 12, with: [0x60, 0xea, 0, 0])
      #expect(isLong || bytes[entry + 2] == 3)
    }
    let error = #expect(throws: ImagingError.self) {
      try ImageFile.decode(bytes, name: "big.tif")
    }
    #expect(error == .tooLarge(file: "big.tif", width: 60000, height: 60000, channels: 1))
  }

  @Test func `the header of a PNG is found behind a large profile`() throws {
    let folder = try TemporaryFolder()
    let plain = PNG.encode(Noise.image(9, 4, bitDepth: 16, seed: 1), bitDepth: 16)
    let comment = HandMadePNG.chunk(
      "tEXt", Array("Comment\0".utf8) + Array(repeating: 65, count: 90_000))
    let url = try folder.write(plain.prefix(33) + Data(comment) + plain.dropFirst(33), as: "x.png")
    let header = try ImageFile.header(url)
    #expect(header.width == 9 && header.height == 4)
    #expect(try ImageFile.read(url) == Noise.image(9, 4, bitDepth: 16, seed: 1))
  }

  @Test func `what cannot be opened is said in a line with the name`() throws {
    let folder = try TemporaryFolder()
    let empty = try folder.write(Data(), as: "empty.png")
    let text = try folder.write(Data("hello".utf8), as: "text.tif")
    let lines = [
      empty: "empty.png cannot be read: the file is empty",
      text: "text.tif is a text file; aura reads TIFF, PNG, JPEG and BMP: look into it, a download"
        + " that failed leaves its reason there",
      folder.url.appendingPathComponent("gone.png"):
        "gone.png cannot be read: there is no such file",
      folder.url: "\(folder.url.lastPathComponent) cannot be read: it is not a regular file",
    ]
    for (url, line) in lines {
      let error = #expect(throws: ImagingError.self) { try ImageFile.read(url) }
      #expect(error?.description == line)
    }
  }
}

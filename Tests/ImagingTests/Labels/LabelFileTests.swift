import Basics
import Foundation
import Testing

@testable import Imaging

@Suite("Files of label images")
struct LabelFileTests {
  /// Cells of all numbers in runs, and unknown pixels on some of the ground.
  private func random(
    _ width: Int, _ height: Int, seed: UInt64
  ) -> (cells: LabelImage, unknown: Mask) {
    var generator = SeededGenerator(seed: seed)
    var cells = LabelImage(width: width, height: height)
    var unknown = Mask(width: width, height: height)
    var place = 0
    while place < width * height {
      let end = min(place + Int.random(in: 1...9, using: &generator), width * height)
      let kind = Int.random(in: 0..<4, using: &generator)
      if kind == 0 { unknown.fill(place..<end, with: true) }
      if kind == 1 { cells.fill(place..<end, with: .random(in: 1 ... .max, using: &generator)) }
      place = end
    }
    return (cells, unknown)
  }

  /// A deflated stream of one block that is stored as it is.
  private func stored(_ bytes: [UInt8]) -> [UInt8] {
    let length = [UInt8(bytes.count & 255), UInt8(bytes.count >> 8)]
    return [1] + length + length.map { ~$0 } + bytes
  }

  @Test(
    "Cells and what nobody annotated come back as they were",
    arguments: [(1, 1), (7, 5), (8, 3), (9, 4), (300, 1), (1, 300), (64, 65)])
  func roundTrip(width: Int, height: Int) throws {
    for seed in 0..<8 {
      let (cells, unknown) = random(width, height, seed: UInt64(seed))
      let data = LabelFile.encode(cells, unknown: unknown)
      let read = try LabelFile.read(data, file: "a.png")
      #expect(read.cells == cells, "seed \(seed)")
      #expect(read.unknown == (unknown.area > 0 ? unknown : nil), "seed \(seed)")
      #expect(LabelFile.encode(cells, unknown: unknown) == data, "seed \(seed)")
    }
  }

  @Test("One cell, none and the largest number take 16 bits")
  func depth() throws {
    for label in [0, 1, 255, 65_535] as [LabelImage.Label] {
      let cells = LabelImage(width: 2, height: 2, labels: [0, label, label, 0])
      let data = LabelFile.encode(cells)
      #expect(try ImageFile.picture(data, name: "a", page: 0).bits == 16)
      #expect(try LabelFile.read(data, file: "a.png").cells == cells)
      #expect(try LabelFile.read(data, file: "a.png").unknown == nil)
    }
  }

  @Test("Other readers see the numbers of the cells and nothing of what nobody annotated")
  func others() throws {
    let (cells, unknown) = random(40, 30, seed: 3)
    let data = LabelFile.encode(cells, unknown: unknown)
    let image = try ImageFile.decode(data, name: "a.png")
    #expect(image.values == cells.labels.map(Float.init))
    let bare = LabelFile.encode(cells)
    #expect(try ImageFile.decode(bare, name: "a.png") == image)
    #expect(bare.count < data.count)
    #expect(LabelFile.encode(cells, unknown: Mask(width: 40, height: 30)) == bare)
  }

  @Test("The size of pixels stands before them, as other programs write it")
  func pixelSize() throws {
    let (cells, unknown) = random(20, 9, seed: 1)
    let size = try #require(ImageContents.PixelSize(x: 0.325, y: 0.65))
    let data = LabelFile.encode(cells, unknown: unknown, pixelSize: size)
    #expect(PixelSizeTests.isSame(try PixelSizeTests.size(data), 0.325, 0.65))
    #expect(try LabelFile.read(data, file: "a.png").cells == cells)
    #expect(try LabelFile.read(data, file: "a.png").unknown == unknown)
  }

  @Test("A pixel that is of a cell counts as annotated, written and read")
  func both() throws {
    let cells = LabelImage(width: 3, height: 1, labels: [5, 0, 0])
    let unknown = Mask(width: 3, height: 1, pixels: [1, 1, 0])
    let data = LabelFile.encode(cells, unknown: unknown)
    #expect(try LabelFile.read(data, file: "a.png").unknown?.pixels == [0, 1, 0])
    let file = PNG.adding(
      "unKN", stored([0xe0]), to: LabelFile.encode(cells))
    #expect(try LabelFile.read(file, file: "a.png").unknown?.pixels == [0, 1, 1])
  }

  @Test("Label images of other programs are read from TIFF too")
  func tiff() throws {
    let image = Image(width: 3, height: 2, bitDepth: 16, values: [0, 1, 2, 300, 65535, 7])
    let read = try LabelFile.read(TIFF.encode(image), file: "a.tif")
    #expect(read.cells.labels == [0, 1, 2, 300, 65535, 7])
  }

  @Test("A mask of 8 bits, colours and what is no picture are refused")
  func refused() {
    let mask = MaskFile.encode(Mask(width: 2, height: 1, pixels: [0, 1]))
    let color = PNG.encode(rgb: [1, 2, 3], width: 1, height: 1)
    for (data, part) in [
      (mask, "1 of 8"), (color, "3 of 8"), (Data("no".utf8), "aura reads TIFF"),
    ] {
      #expect {
        try LabelFile.read(data, file: "a.png")
      } throws: {
        "\($0)".contains("a.png") && "\($0)".contains(part)
      }
    }
  }

  @Test("A chunk that is damaged, or of another size, is an error and no mask")
  func damaged() throws {
    let (cells, unknown) = random(30, 20, seed: 2)
    let data = LabelFile.encode(cells, unknown: unknown)
    let start = try #require(data.range(of: Data("unKN".utf8)))
    for offset in [4, 9, data.count - 12 - start.lowerBound - 1] {
      var broken = data
      broken[start.lowerBound + offset] ^= 1
      #expect(throws: ImagingError.self, "byte \(offset)") {
        try LabelFile.read(broken, file: "a.png")
      }
    }
    for bytes in [[], [1], [UInt8](repeating: 0, count: 81)] as [[UInt8]] {
      let other = PNG.adding("unKN", stored(bytes), to: LabelFile.encode(cells))
      #expect(throws: ImagingError.self) { try LabelFile.read(other, file: "a.png") }
    }
    for count in stride(from: 0, to: data.count, by: 7) {
      _ = try? LabelFile.read(data.prefix(count), file: "a.png")
    }
  }

  @Test
  func `how unsure a network is of cells lies beside the pixels`() throws {
    let cells = LabelImage(width: 4, height: 1, labels: [7, 0, 300, 300])
    let data = LabelFile.encode(cells, doubts: [7: 0.2, 300: 2])
    #expect(LabelFile.doubts(in: data, of: cells) == [7: 0.2, 300: 1])
    #expect(try LabelFile.read(data, file: "a.png").cells == cells)
    #expect(LabelFile.encode(cells, doubts: [:]) == LabelFile.encode(cells))
    #expect(LabelFile.doubts(in: LabelFile.encode(cells), of: cells) == [:])
    #expect(LabelFile.doubts(in: Data([1, 2]), of: cells) == [:])
    let one = LabelImage(width: 4, height: 1, labels: [7, 0, 0, 0])
    #expect(LabelFile.doubts(in: data, of: one) == [:])
    var unknown = Mask(width: 4, height: 1)
    unknown[1, 0] = true
    let both = LabelFile.encode(cells, unknown: unknown, doubts: [7: 1])
    #expect(LabelFile.doubts(in: both, of: cells) == [7: 1, 300: 0])
    #expect(try LabelFile.read(both, file: "a.png").unknown == unknown)
  }
}

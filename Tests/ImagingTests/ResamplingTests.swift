import Basics
import Foundation
@testable import Imaging
import Testing

struct ResamplingTests {
  @Test func `resizing gives area means down and Pillow's bilinear up`() throws {
    for (index, golden) in try Golden.load().resizes.enumerated() {
      let expected = Image(rows: golden.expected)
      let image = Image(rows: golden.image)
        .resized(width: expected.width, height: expected.height)
      #expect(image.gap(to: expected) < 1e-5, "case \(index)")
    }
  }

  @Test func `a mask is resized as Pillow's nearest`() throws {
    for (index, golden) in try Golden.load().resizes.enumerated() {
      let expected = Mask(golden.nearest)
      let mask = Mask(golden.mask).resized(width: expected.width, height: expected.height)
      #expect(mask.rows == expected.rows, "case \(index)")
    }
  }

  @Test func `an even image stays even and a mean survives shrinking`() {
    for seed in UInt64(0)..<30 {
      var rng = SeededGenerator(seed: seed)
      let (width, height) = (1 + rng.index(below: 40), 1 + rng.index(below: 40))
      let (newWidth, newHeight) = (1 + rng.index(below: width), 1 + rng.index(below: height))
      let even = Image(
        width: width, height: height, bitDepth: 8,
        values: Array(repeating: 7, count: width * height))
      let up = even.resized(width: width * 2 + 1, height: newHeight)
      #expect(up.values.allSatisfy { abs($0 - 7) < 1e-5 }, "seed \(seed)")
      let noise = Noise.image(width, height, bitDepth: 32, seed: seed)
      let small = noise.resized(width: newWidth, height: newHeight)
      func mean(_ image: Image) -> Float {
        image.values.reduce(0, +) / Float(image.values.count)
      }
      #expect(abs(mean(noise) - mean(small)) < 1e-4, "seed \(seed)")
    }
  }

  @Test(arguments: [
    (37, 23, 15, 9), (15, 9, 37, 23), (20, 20, 20, 31), (24, 17, 24, 17), (1, 5, 4, 3),
  ])
  func `an image resized part by part is the image resized whole`(
    width: Int, height: Int, newWidth: Int, newHeight: Int
  ) {
    let image = Noise.image(width, height, bitDepth: 32, seed: 3)
    let whole = image.resized(width: newWidth, height: newHeight)
    let resampling = Resampling(
      width: width, height: height, newWidth: newWidth, newHeight: newHeight)
    func cuts(_ length: Int) -> [Range<Int>] {
      let first = length / 3
      let second = first + (length + 2) / 4
      return [0..<first, first..<second, second..<length]
    }
    var added = [Float](repeating: 0, count: newWidth * newHeight)
    for (rows, sourceRows) in zip(cuts(newHeight), cuts(height)) {
      for (columns, sourceColumns) in zip(cuts(newWidth), cuts(width)) where !rows.isEmpty {
        let part = resampling.part(rows: rows, columns: columns) { row, columns in
          image.values[row * width + columns.lowerBound..<row * width + columns.upperBound]
        }
        let expected = whole.cropped(
          x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
        #expect(part == expected.values)
        let source = image.cropped(
          x: sourceColumns.lowerBound, y: sourceRows.lowerBound, width: sourceColumns.count,
          height: sourceRows.count)
        resampling.add(source.values, rows: sourceRows, columns: sourceColumns, to: &added)
      }
    }
    #expect(zip(added, whole.values).allSatisfy { abs($0 - $1) < 1e-6 })
    var atOnce = [Float](repeating: 0, count: newWidth * newHeight)
    resampling.add(image.values, rows: 0..<height, columns: 0..<width, to: &atOnce)
    #expect(atOnce == whole.values)
  }

  @Test func `the longer side is rounded as the reference does, a half to even`() {
    #expect(Image.size(width: 1024, height: 811, smallestSide: 256) == (323, 256))
    #expect(Image.size(width: 1300, height: 1030, smallestSide: 128) == (162, 128))
    #expect(Image.size(width: 10, height: 25, smallestSide: 1) == (1, 2))
    #expect(Image.size(width: 5, height: 5, smallestSide: 8) == (8, 8))
  }

  @Test func `stretching follows numpy's percentiles`() throws {
    for (index, golden) in try Golden.load().percentiles.enumerated() {
      let image = Image(rows: golden.values, bitDepth: golden.bitDepth)
      let window = ContrastWindow(of: image)
      #expect(abs(window.low - golden.low) < 1e-5 * max(1, abs(golden.low)), "case \(index)")
      #expect(abs(window.high - golden.high) < 1e-5 * max(1, abs(golden.high)), "case \(index)")
      #expect(image.stretched().gap(to: Image(rows: golden.stretched)) < 1e-5, "case \(index)")
    }
  }

  @Test func `an image of one value is stretched to 0`() {
    for (depth, value) in [(8, 255), (16, 9000), (32, 0.25), (32, -3)] as [(Int, Float)] {
      let image = Image(
        width: 3, height: 2, bitDepth: depth, values: Array(repeating: value, count: 6))
      #expect(image.stretched().values == Array(repeating: 0, count: 6))
    }
  }

  @Test func `a float image in 0...1 is stretched as its 16-bit original`() {
    let whole = Noise.image(40, 30, bitDepth: 16, seed: 3)
    let float = Image(
      width: 40, height: 30, bitDepth: 32, values: whole.values.map { $0 / 65535 })
    #expect(whole.stretched().gap(to: float.stretched()) < 1e-5)
  }

  @Test func `padding mirrors as numpy does, however wide the margin`() throws {
    for (index, golden) in try Golden.load().pads.enumerated() {
      let margins = golden.margins
      let padded = Image(rows: golden.image)
        .padded(left: margins[0], top: margins[1], right: margins[2], bottom: margins[3])
      #expect(padded == Image(rows: golden.expected), "case \(index)")
    }
  }

  @Test func `cropping takes a margin away again`() {
    for seed in UInt64(0)..<20 {
      var rng = SeededGenerator(seed: seed)
      let image = Noise.image(
        1 + rng.index(below: 9), 1 + rng.index(below: 9), bitDepth: 8, seed: seed)
      let (left, top) = (rng.index(below: 20), rng.index(below: 20))
      let padded = image.padded(left: left, top: top, right: 3, bottom: 2)
      #expect(
        padded.cropped(x: left, y: top, width: image.width, height: image.height) == image,
        "seed \(seed)")
    }
  }

  @Test func `a centre crop leaves the smaller half of an odd rest at the left and top`() {
    let image = Image(width: 5, height: 2, bitDepth: 8, values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    #expect(image.cropped(width: 2, height: 1).values == [1, 2])
    let mask = Mask(width: 5, height: 2, pixels: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    #expect(mask.cropped(width: 2, height: 1).pixels == [1, 0])
  }
}

import Basics
import Foundation

@testable import Imaging

/// Cells that somebody drew, to be written as masks in every way.
struct DrawnCells {
  let width: Int
  let height: Int
  /// The number of each pixel's cell, 0 outside.
  let labels: [Int]

  /// Discs at random places: `inside` keeps them off the border.
  init(
    width: Int = 96, height: Int = 72, count: Int = 9, radius: Range<Double> = 5..<10,
    inside: Bool = false, seed: UInt64
  ) {
    (self.width, self.height) = (width, height)
    var rng = SeededGenerator(seed: seed)
    var labels = [Int](repeating: 0, count: width * height)
    for cell in 1...count {
      let size = rng.uniform(radius)
      let margin = inside ? size + 1 : 0
      let x = rng.uniform(margin..<Double(width) - margin)
      let y = rng.uniform(margin..<Double(height) - margin)
      for row in 0..<height {
        for column in 0..<width {
          let (dx, dy) = (Double(column) - x, Double(row) - y)
          if dx * dx + dy * dy < size * size { labels[row * width + column] = cell }
        }
      }
    }
    self.labels = labels
  }

  /// Cells by their numbers.
  init(width: Int, height: Int, labels: [Int]) {
    (self.width, self.height, self.labels) = (width, height, labels)
  }

  var mask: Mask {
    Mask(width: width, height: height, pixels: labels.map { $0 > 0 ? 1 : 0 })
  }

  /// The numbers in a column of the left edge, and none elsewhere.
  func strip(_ columns: Int) -> [Bool] { labels.indices.map { $0 % width < columns } }

  /// The cells, 1 inside, smoothed by so many means over 3x3 pixels.
  func soft(_ passes: Int) -> [Double] {
    var values = labels.map { $0 > 0 ? 1.0 : 0 }
    for _ in 0..<passes {
      values = values.indices.map { index in
        let (x, y) = (index % width, index / width)
        var sum = 0.0
        for dy in -1...1 {
          for dx in -1...1 {
            let (column, row) = (min(max(x + dx, 0), width - 1), min(max(y + dy, 0), height - 1))
            sum += values[row * width + column]
          }
        }
        return sum / 9
      }
    }
    return values
  }

  /// A picture of one number a pixel.
  func picture<Number: BitwiseCopyable>(
    _ format: RawPicture.Format = .unsigned, bits: Int? = nil, color: RawPicture.Color = .grey,
    isMinWhite: Bool = false, _ number: (Int) -> Number
  ) -> RawPicture {
    picture(
      labels.indices.map { [number($0)] }, format, bits: bits, color: color, isMinWhite: isMinWhite)
  }

  /// A picture of several numbers a pixel.
  func picture<Number: BitwiseCopyable>(
    _ samples: [[Number]], _ format: RawPicture.Format = .unsigned, bits: Int? = nil,
    color: RawPicture.Color = .rgb, isMinWhite: Bool = false
  ) -> RawPicture {
    let bytes = unsafe Array(samples.joined()).withUnsafeBytes { unsafe Array($0) }
    return RawPicture(
      width: width, height: height, channels: samples[0].count,
      bits: bits ?? 8 * MemoryLayout<Number>.size, format: format, color: color,
      isMinWhite: isMinWhite, samples: bytes)
  }
}

extension MaskSurvey {
  /// Decides for pictures as for a set of files `0`, `1`, ...
  static func decide(
    _ pictures: [RawPicture], _ values: MaskValues = .automatic
  ) throws(MaskTrouble) -> MaskRule.Decision {
    let evidence = pictures.map { picture in
      values.samples.map { MaskEvidence(picture, as: $0) } ?? MaskEvidence(picture)
    }
    return try MaskSurvey(
      evidence, places: Array(pictures.indices), names: pictures.indices.map(String.init)
    ).decide(values)
  }
}

extension Mask {
  /// The part of two masks together that both have, of the pixels that are known.
  func overlap(with other: Mask, unknown: Mask? = nil) -> Double {
    var (both, either) = (0, 0)
    for index in pixels.indices where unknown?.pixels[index] != 1 {
      both += Int(pixels[index] & other.pixels[index])
      either += Int(pixels[index] | other.pixels[index])
    }
    return either == 0 ? 1 : Double(both) / Double(either)
  }
}

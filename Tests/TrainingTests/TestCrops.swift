import Basics
import Foundation
import Imaging
import Project

import Recipes
@testable import Training

/// Small made-up images with a bright disc that is the cell.
enum TestCrops {
  /// A crop with a disc at a place that follows from its number.
  static func crop(_ number: Int, side: Int = 16) -> Crop {
    let sample = sample(number, side: side)
    return Crop(
      side: side, image: sample.image.values.map { $0 / 255 },
      mask: sample.mask.pixels.map(Float.init))
  }

  /// The same as an 8-bit image and mask.
  static func sample(_ number: Int, side: Int = 16) -> Sample {
    var generator = SeededGenerator(seed: UInt64(number))
    let radius = Double(side) * generator.uniform(0.2..<0.3)
    let x0 = Double(side) * generator.uniform(0.35..<0.65)
    let y0 = Double(side) * generator.uniform(0.35..<0.65)
    var values: [Float] = []
    var mask = Mask(width: side, height: side)
    for y in 0..<side {
      for x in 0..<side {
        let isInside = hypot(Double(x) - x0, Double(y) - y0) < radius
        mask[x, y] = isInside
        values.append(Float((isInside ? 180 : 60) + generator.uniform(0..<40)).rounded())
      }
    }
    let image = Image(width: side, height: side, bitDepth: 8, values: values)
    return Sample(key: ImageKey("image\(number + 10).png"), image: image, mask: mask)
  }

  /// The same, cropped to its own size.
  static func cropped(_ number: Int, side: Int = 16) -> CroppedSample {
    CroppedSample(key: sample(number, side: side).key, crop: crop(number, side: side))
  }

  /// Where real data lies, if it is there.
  static let data: URL? = {
    let path = ProcessInfo.processInfo.environment["AURA_TEST_DATA"] ?? "../shared/data"
    return FileManager.default.fileExists(atPath: path) ? URL(filePath: path) : nil
  }()

  /// Runs a body with a fresh folder that is removed afterwards.
  static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "aura-training-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}

import Basics
import Foundation
import Imaging

/// Real images beside the project, or where AURA_TEST_DATA says; not part of the project.
enum SharedData {
  static let root: URL = {
    if let path = ProcessInfo.processInfo.environment["AURA_TEST_DATA"] {
      return URL(fileURLWithPath: path)
    }
    let here = URL(fileURLWithPath: #filePath)
    return here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("shared/data")
  }()

  /// Whether the data is there; says so once where it is not.
  static let isPresent: Bool = {
    let found = FileManager.default.fileExists(atPath: root.path + "/loader-cases")
    if !found { print("SKIPPED: no test data at \(root.path); set AURA_TEST_DATA") }
    return found
  }()

  static func url(_ path: String) -> URL { root.appendingPathComponent(path) }

  static func image(_ path: String, page: Int = 0) throws -> Image {
    try ImageFile.read(url(path), page: page)
  }
}

/// A folder of this test's own, removed with it.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("aura-imaging-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func write(_ data: Data, as name: String) throws -> URL {
    let file = url.appendingPathComponent(name)
    try data.write(to: file)
    return file
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}

/// Images and masks of noise, for sweeps over seeds.
enum Noise {
  static func image(_ width: Int, _ height: Int, bitDepth: Int, seed: UInt64) -> Image {
    var rng = SeededGenerator(seed: seed)
    let top = Double(1 << min(bitDepth, 16))
    return Image(
      width: width, height: height, bitDepth: bitDepth,
      values: (0..<width * height).map { _ in
        bitDepth > 16 ? Float(rng.uniform(-2..<3)) : Float(rng.uniform(0..<top).rounded(.down))
      })
  }

  /// Discs at random places, so that masks have shapes.
  static func mask(_ width: Int, _ height: Int, discs: Int = 4, seed: UInt64) -> Mask {
    var rng = SeededGenerator(seed: seed)
    var mask = Mask(width: width, height: height)
    for _ in 0..<discs {
      let (x, y) = (rng.uniform(0..<Double(width)), rng.uniform(0..<Double(height)))
      let radius = rng.uniform(1..<Double(max(width, height)) / 3 + 2)
      for row in 0..<height {
        for column in 0..<width {
          let (dx, dy) = (Double(column) - x, Double(row) - y)
          if dx * dx + dy * dy < radius * radius { mask[column, row] = true }
        }
      }
    }
    return mask
  }
}

import Foundation
@testable import Imaging

/// What Pillow, tifffile, numpy and SciPy answered; made by Tests/Goldens/make_imaging.py.
struct Golden: Decodable {
  struct Resize: Decodable {
    let image: [[Float]]
    let expected: [[Float]]
    let mask: [String]
    let nearest: [String]
  }

  struct Percentiles: Decodable {
    let values: [[Float]]
    let bitDepth: Int
    let low: Double
    let high: Double
    let stretched: [[Float]]
  }

  struct Pad: Decodable {
    let image: [[Float]]
    let margins: [Int]
    let expected: [[Float]]
  }

  struct Agreement: Decodable {
    let prediction: [String]
    let truth: [String]
    let edge: [String]
    let iou: Double
    let dice: Double
    let precision: Double
    let recall: Double
    let hausdorff: Double
    let hausdorff95: Double
  }

  struct Parts: Decodable {
    let mask: [String]
    let four: [[Int32]]
    let eight: [[Int32]]
  }

  let resizes: [Resize]
  let percentiles: [Percentiles]
  let pads: [Pad]
  let scores: [Agreement]
  let components: [Parts]

  static func load() throws -> Golden {
    try JSONDecoder().decode(Golden.self, from: data("imaging"))
  }

  static func data(_ name: String) throws -> Data {
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try Data(
      contentsOf: here.deletingLastPathComponent().appendingPathComponent("Goldens/\(name).json"))
  }
}

/// A whole small file, and the grey values that it holds.
struct GoldenFile: Decodable, Sendable, CustomStringConvertible {
  let name: String
  let width: Int
  let height: Int
  let bitDepth: Int
  let bytes: Data
  let expected: Data

  var description: String { name }

  var image: Image {
    var words = [UInt32](repeating: 0, count: expected.count / 4)
    for (offset, byte) in expected.enumerated() {
      words[offset / 4] |= UInt32(byte) << UInt32(8 * (offset % 4))
    }
    return Image(
      width: width, height: height, bitDepth: bitDepth, values: words.map(Float.init(bitPattern:)))
  }

  static func load(_ name: String) -> [GoldenFile] {
    struct Files: Decodable { let files: [GoldenFile] }
    do {
      return try JSONDecoder().decode(Files.self, from: Golden.data(name)).files
    } catch {
      print("no golden files \(name): \(error)")
      return []
    }
  }
}

extension Image {
  /// An image from rows, as goldens hold them.
  init(rows: [[Float]], bitDepth: Int = 32) {
    self.init(
      width: rows[0].count, height: rows.count, bitDepth: bitDepth, values: rows.flatMap { $0 })
  }

  /// The largest difference to another image of the same size; infinite where sizes differ.
  func gap(to other: Image) -> Float {
    guard width == other.width, height == other.height else { return .infinity }
    return zip(values, other.values).map { abs($0 - $1) }.max() ?? 0
  }

  /// The image with margins that mirror it without repeating the border pixel: numpy's `reflect`.
  func padded(left: Int, top: Int, right: Int, bottom: Int) -> Image {
    let columns = (-left..<width + right).map { Self.reflected($0, in: width) }
    let rows = (-top..<height + bottom).map { Self.reflected($0, in: height) }
    return Image(
      rows: rows.map { row in columns.map { values[row * width + $0] } }, bitDepth: bitDepth)
  }
}

extension Mask {
  /// A mask from rows of characters, `0` and `.` outside.
  init(_ rows: [String]) {
    self.init(
      width: rows[0].count, height: rows.count,
      pixels: rows.joined().map { $0 == "0" || $0 == "." ? 0 : 1 })
  }

  /// The pixels as rows of characters.
  var rows: [String] {
    (0..<height).map { y in (0..<width).map { self[$0, y] ? "1" : "0" }.joined() }
  }
}

import Basics
import Foundation
import Imaging

/// Images from arithmetic alone, and what numpy makes of them: Tests/Goldens/make_contrast.py has both.
struct MadePicture: Decodable, Sendable, CustomStringConvertible {
  let width: Int
  let height: Int
  let seed: Int
  let bits: Int
  let range: [Double]
  /// What is burnt in: a bar, a block at the side, hot pixels, text with hard or with soft edges; or nothing.
  let kind: String
  let share: Double
  let value: Double
  let low: Double
  let high: Double
  let below: Int
  let above: Int

  var description: String { "\(kind) \(share) of \(value) in \(bits) bits \(range)" }

  static let all: [MadePicture] = (try? golden())?.made ?? []
  /// Those without anything burnt in.
  static let plain = all.filter { $0.kind.isEmpty }

  /// A window that numpy found of a file of the shared data.
  struct OfFile: Decodable, Sendable, CustomStringConvertible {
    let file: String
    let low: Double
    let high: Double
    let below: Int
    let above: Int

    var description: String { file }
  }

  static let files: [OfFile] = (try? golden())?.shared ?? []

  private struct Contents: Decodable {
    let made: [MadePicture]
    let shared: [OfFile]
  }

  private static func golden() throws -> Contents {
    try JSONDecoder().decode(Contents.self, from: Golden.data("contrast"))
  }

  /// The image.
  var image: Image {
    let (scene, cover) = (scene(), cover())
    let top = Double(1 << min(bits, 16)) - 1
    let values = zip(scene, cover).map { scene, cover -> Float in
      var value = range[0] + (range[1] - range[0]) * scene
      if !kind.isEmpty { value = value * (1 - cover) + self.value * cover }
      return bits == 32 ? Float(value) : Float((min(max(value, 0), top) + 0.5).rounded(.down))
    }
    return Image(width: width, height: height, bitDepth: bits, values: values)
  }

  private static func noise(_ x: Int, _ y: Int, _ seed: Int) -> Double {
    var h = (x &* 73_856_093 ^ y &* 19_349_663 ^ seed &* 83_492_791) & 0xFFFF_FFFF
    for _ in 0..<3 { h = ((h ^ h >> 16) &* 0x45D9_F3B) & 0xFFFF_FFFF }
    h ^= h >> 16
    return Double([0, 8, 16, 24].reduce(0) { $0 + h >> $1 & 255 } - 510) / 510
  }

  private func scene() -> [Double] {
    (0..<width * height).map { place in
      let (x, y) = (place % width, place / width)
      var value = 0.35 + 0.03 * Self.noise(x, y, seed)
      for cell in 0..<6 {
        let (dx, dy) = (
          x - (37 * cell + 11 * seed) % width, y - (53 * cell + 29 * seed) % height
        )
        let squared = Double(dx * dx + dy * dy) / 64
        let rim = squared - 1.5
        value += 0.5 / (1 + 8 * rim * rim) - 0.2 / (1 + squared * squared)
      }
      return value
    }
  }

  private func cover() -> [Double] {
    var cover = [Double](repeating: 0, count: width * height)
    switch kind {
    case "bar":
      let rows = max(2, Int((share * Double(width * height) / 8).squareRoot().rounded()))
      let columns = Int((share * Double(width * height) / Double(rows)).rounded())
      for y in height - 6 - rows..<height - 6 {
        for x in width - 6 - columns..<width - 6 { cover[y * width + x] = 1 }
      }
    case "block":
      for y in 0..<height {
        for x in 0..<Int((share * Double(width)).rounded()) { cover[y * width + x] = 1 }
      }
    case "hot":
      for place in cover.indices
      where Self.noise(place % width, place / width, seed + 99) > share {
        cover[place] = 1
      }
    case "text", "soft":
      let fine = text()
      for place in cover.indices {
        let corner = 4 * (place / width) * width + 2 * (place % width)
        let sum = [0, 1, 2 * width, 2 * width + 1].reduce(0) { $0 + fine[corner + $1] }
        cover[place] = kind == "text" ? (sum >= 2 ? 1 : 0) : sum / 4
      }
    default: break
    }
    return cover
  }

  /// Figures on a grid twice as fine, at odd places, so that edges come out soft.
  private func text() -> [Double] {
    let glyphs = [
      "01110100011001110101110011000101110", "00100011000010000100001000010001110",
      "11111000100010000010000011000101110",
    ].map(Array.init)
    var fine = [Double](repeating: 0, count: 4 * width * height)
    for place in 0..<2 * width / 24 - 1 {
      for (cell, isOn) in glyphs[place % 3].enumerated() where isOn == "1" {
        let (top, left) = (9 + 4 * (cell / 5), 9 + 24 * place + 4 * (cell % 5))
        for y in top..<top + 3 {
          for x in left..<left + 3 { fine[y * 2 * width + x] = 1 }
        }
      }
    }
    return fine
  }
}

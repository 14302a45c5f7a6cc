import Basics
import Foundation
import Imaging
import Objects
import TestSupport

/// Label images of odd kinds and what pycocotools and Shapely say of their cells; made by
/// Tests/Goldens/make_exports.py.
struct ExportGolden: Decodable {
  struct Cell: Decodable {
    let label: LabelImage.Label
    let counts: String
    let area: Int
    let box: [Int]
    let pieces: Int
    let holes: Int
    let corners: Int
    let length: Int
  }

  struct Case: Decodable {
    let name: String
    let width: Int
    let height: Int
    /// Number and length by turns.
    let runs: [Int]
    let cells: [Cell]

    var image: LabelImage { LabelImage(width: width, height: height, runs: runs) }
  }

  let cases: [Case]

  static func load() throws -> ExportGolden {
    try JSONDecoder().decode(
      ExportGolden.self, from: Data(contentsOf: folder.appending(path: "exports.json")))
  }

  /// Where the answers lie, and the scripts that asked for them.
  static var folder: URL {
    let here = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return here.deletingLastPathComponent().appending(path: "Goldens", directoryHint: .isDirectory)
  }
}

extension LabelImage {
  /// Cells of many shapes that touch in every way: numbers drawn from a few, in squares of several sizes.
  static func random(_ width: Int, _ height: Int, seed: Int) -> LabelImage {
    var generator = SeededGenerator(seed: UInt64(seed))
    var cells = LabelImage(width: width, height: height)
    let numbers: [Label] = [0, 1, 2, 300, 65_535]
    for _ in 0..<width * height / 3 + 1 {
      let label = numbers[.random(in: 0..<numbers.count, using: &generator)]
      let (x, y) = (
        Int.random(in: 0..<width, using: &generator), Int.random(in: 0..<height, using: &generator)
      )
      let side = Int.random(in: 1...4, using: &generator)
      for row in y..<min(y + side, height) {
        cells.fill(row * width + x..<row * width + min(x + side, width), with: label)
      }
    }
    return cells
  }

  /// Round cells in rows, as many as are asked for, that touch at their sides.
  static func crowd(of count: Int, side: Int) -> LabelImage {
    var cells = LabelImage(width: side, height: side)
    let columns = Int(Double(count).squareRoot().rounded(.up))
    let step = side / columns
    for number in 0..<count {
      let (left, top) = (number % columns * step, number / columns * step)
      let radius = Double(step) / 2
      for y in 0..<step {
        let reach = (radius * radius - pow(Double(y) + 0.5 - radius, 2)).squareRoot()
        let (first, last) = (Int(radius - reach), Int((radius + reach).rounded(.up)))
        let start = (top + y) * side + left
        cells.fill(start + first..<start + last, with: Label(number + 1))
      }
    }
    return cells
  }
}

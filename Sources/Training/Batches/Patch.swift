import Basics

/// Where a square lies in a crop.
struct Patch: Equatable, Sendable {
  /// Its left column.
  let column: Int
  /// Its top row.
  let row: Int
  /// Its columns, and rows.
  let side: Int

  /// Of so many places that are drawn the first with enough cell counts, else the last: most of a sparse image has
  /// nothing to learn from.
  private static let draws = 4
  /// The least share of cell that is enough.
  private static let enough = 0.02
  /// Rows and columns that are looked at to tell it: each of so many.
  private static let stride = 4
}

extension Patch {
  /// Draws a place in a crop, every one of them as likely, but those with hardly a cell less so.
  ///
  /// Nothing is drawn where there is but one.
  ///
  /// - Precondition: the crop is at least as large.
  init(side: Int, in crop: Crop, using generator: inout SeededGenerator) {
    precondition(crop.width >= side && crop.height >= side, "a square of \(side) in less")
    let (columns, rows) = (crop.width - side + 1, crop.height - side + 1)
    var drawn = Patch(column: 0, row: 0, side: side)
    if columns > 1 || rows > 1 {
      for _ in 0..<Self.draws {
        drawn = Patch(
          column: generator.index(below: columns), row: generator.index(below: rows), side: side)
        if drawn.cellShare(of: crop) >= Self.enough { break }
      }
    }
    self = drawn
  }

  /// The squares of a crop that lie side by side around its middle, at most so many: those nearest the middle.
  ///
  /// - Precondition: the crop is at least as large as one.
  static func grid(side: Int, in crop: Crop, most: Int = .max) -> [Patch] {
    precondition(crop.width >= side && crop.height >= side, "a square of \(side) in less")
    let (columns, rows) = (crop.width / side, crop.height / side)
    let (left, top) = ((crop.width - columns * side) / 2, (crop.height - rows * side) / 2)
    let patches = (0..<rows).flatMap { row in
      (0..<columns).map { Patch(column: left + $0 * side, row: top + row * side, side: side) }
    }
    guard patches.count > most else { return patches }
    let distances = patches.map { patch in
      let (x, y) = (2 * patch.column + side - crop.width, 2 * patch.row + side - crop.height)
      return x * x + y * y
    }
    let nearest = patches.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
    return nearest.prefix(most).sorted().map { patches[$0] }
  }

  /// The share of its pixels that are cell, of those that are looked at.
  private func cellShare(of crop: Crop) -> Double {
    var (cell, all) = (0, 0)
    for row in Swift.stride(from: row, to: row + side, by: Self.stride) {
      for column in Swift.stride(from: column, to: column + side, by: Self.stride) {
        all += 1
        if crop.mask[row * crop.width + column] > 0.5 { cell += 1 }
      }
    }
    return Double(cell) / Double(all)
  }
}

extension Crop {
  /// A square of it.
  func square(_ patch: Patch) -> Crop {
    if patch.side == width, patch.side == height { return self }
    let places = (patch.row..<patch.row + patch.side).flatMap { row in
      row * width + patch.column..<row * width + patch.column + patch.side
    }
    return picked(places, image: places.map { image[$0] }, width: patch.side, height: patch.side)
  }

  /// Another image, whose mask and all else are this one's at some places.
  ///
  /// The cells themselves, which are kept only of images that are never moved, are lost.
  func picked(_ places: [Int], image: [Float], width: Int, height: Int) -> Crop {
    func picked(_ plane: [Float]) -> [Float] { places.map { plane[$0] } }
    return Crop(
      width: width, height: height, image: image, mask: picked(mask), known: known.map(picked),
      cores: cores.map { CorePlanes(target: picked($0.target), weights: picked($0.weights)) })
  }
}

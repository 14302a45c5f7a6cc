extension PhaseMap {
  /// The cells of `size` pixels in the middle, each with what is less than `margin` pixels away
  /// from it and from no other one less, counted from 1 in the order of their first pixels.
  ///
  /// Cells of which less than ``LabelImage/smallestPiece`` pixels are seen, and that have no neighbour,
  /// become ground if scraps are not kept.
  func cells(size: Int, margin: Float, keepsScraps: Bool) -> LabelImage {
    let first = (side - size) / 2
    var owners: [Int32] = []
    owners.reserveCapacity(size * size)
    for y in first..<first + size {
      for place in y * side + first..<y * side + first + size {
        owners.append(owner[place] >= 0 || nearest[place] < margin ? closest[place] : -1)
      }
    }
    var cells = LabelImage(counting: owners, size: size)
    let areas = cells.areas.values.sorted()
    let median = areas.isEmpty ? 0 : areas[areas.count / 2]
    while cells.mergeScraps(below: max(LabelImage.smallestPiece, median / 25)) {}
    if !keepsScraps { cells.removeScraps() }
    return LabelImage(counting: cells.labels.map { Int32($0) - 1 }, size: size)
  }
}

extension LabelImage {
  /// Pixels that a piece of a simulated cell has at least, if another cell lies beside it: fewer
  /// are not seen as a part of the cell on whose other side they lie.
  static let smallestPiece = 10

  /// Counts the owners of `size * size` pixels, -1 for none, from 1 in the order of their first pixels.
  ///
  /// - Precondition: there are no more of them than a label can count.
  init(counting owners: [Int32], size: Int) {
    var numbers = [Label](repeating: 0, count: Int(owners.max() ?? -1) + 2)
    var count: Label = 0
    let labels = owners.map { owner in
      let index = Int(owner) + 1
      if index > 0, numbers[index] == 0 {
        count += 1
        numbers[index] = count
      }
      return numbers[index]
    }
    self.init(width: size, height: size, labels: labels)
  }

  /// Gives each piece of less than `least` pixels to a larger one that it shares an edge with, to that with
  /// which it shares the longest.
  ///
  /// - Returns: whether there was any; what has grown may still be a scrap.
  mutating func mergeScraps(below least: Int) -> Bool {
    let pieces = Pieces(width: width, height: height) { labels[$0] }
    var areas = [Int](repeating: 0, count: pieces.count + 1)
    var cells = [Label](repeating: 0, count: pieces.count + 1)
    var pieceAt = [Int](repeating: 0, count: labels.count)
    for (run, piece) in pieces.runs {
      areas[piece] += run.count
      cells[piece] = labels[run.lowerBound]
      for index in run { pieceAt[index] = piece }
    }
    // Edges shared with larger pieces; of two that are as large the earlier one counts as larger.
    var shared: [Int: [Int: Int]] = [:]
    for (run, piece) in pieces.runs where areas[piece] < least {
      for index in run {
        for other in neighbours(of: index).lazy.map({ pieceAt[$0] }) where other != 0 {
          guard (areas[other], piece) > (areas[piece], other) else { continue }
          shared[piece, default: [:]][other, default: 0] += 1
        }
      }
    }
    var heirs = [Label](repeating: 0, count: pieces.count + 1)
    for (piece, edges) in shared {
      let heir = edges.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
      heirs[piece] = heir.map { cells[$0] } ?? 0
    }
    for (run, piece) in pieces.runs where heirs[piece] != 0 { fill(run, with: heirs[piece]) }
    return !shared.isEmpty
  }

  /// Makes ground of the cells of less than ``smallestPiece`` pixels.
  mutating func removeScraps() {
    let areas = areas
    self = LabelImage(
      width: width, height: height,
      labels: labels.map { areas[$0, default: 0] < Self.smallestPiece ? 0 : $0 })
  }

  /// The pixels that share an edge with one, all counted over the whole image.
  private func neighbours(of index: Int) -> [Int] {
    let x = index % width
    return [
      index >= width ? index - width : nil, x > 0 ? index - 1 : nil,
      x + 1 < width ? index + 1 : nil, index + width < labels.count ? index + width : nil,
    ].compactMap(\.self)
  }
}

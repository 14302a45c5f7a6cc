/// The true cells that were predicted in pieces, and the predicted cells that are several true ones in one.
///
/// Over- and under-segmentation as Hoover et al. 1996 define them ("An experimental comparison of range image
/// segmentation algorithms", IEEE PAMI 18), at the loosest tolerance that they allow, more than half: a cell is in
/// pieces where at least two cells of the other picture have more than half of their own pixels in it, and together
/// hold more than half of its. A cell has more than half of itself in one other at most, so that neighbours whose
/// common border is misplaced never count.
struct CellDivisions {
  /// The places of the pieces of each true cell that is split.
  let pieces: [Int: [Int]]
  /// The places of the true cells in each predicted one that merges them.
  let merged: [Int: [Int]]

  init(_ overlap: CellOverlap) {
    pieces = Self.parts(
      overlap.pairs.map { ($0.actual, $0.predicted, $0.common) },
      wholes: overlap.truth, parts: overlap.prediction)
    merged = Self.parts(
      overlap.pairs.map { ($0.predicted, $0.actual, $0.common) },
      wholes: overlap.prediction, parts: overlap.truth)
  }

  /// The parts of each cell that is in parts.
  private static func parts(
    _ pairs: [(whole: Int, part: Int, common: Int)], wholes: [CellOverlap.Cell],
    parts: [CellOverlap.Cell]
  ) -> [Int: [Int]] {
    let held = pairs.filter { 2 * $0.common > parts[$0.part].area }
    return Dictionary(grouping: held, by: \.whole).filter { whole, parts in
      parts.count > 1 && 2 * parts.reduce(0) { $0 + $1.common } > wholes[whole].area
    }.mapValues { $0.map(\.part) }
  }
}

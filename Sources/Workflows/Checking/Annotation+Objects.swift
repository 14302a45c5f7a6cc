import Imaging

extension Annotation {
  /// How many cells there are: numbers, or, where there are none, pieces of cell pixels that touch by an edge or
  /// a corner.
  var count: (cells: Int, areLabelled: Bool) {
    guard let cells else { return (Pieces(of: mask).count, false) }
    return (cells.cells.count, true)
  }
}

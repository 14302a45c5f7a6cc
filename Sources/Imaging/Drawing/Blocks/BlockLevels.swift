/// What the blocks of a tile show, of all sizes that are remembered.
///
/// Cells that get other numbers cost no look at it: the numbers are looked up when a size is asked for, as many as
/// are drawn.
struct BlockLevels: Sendable {
  /// A block that several cells have most pixels of.
  struct Tie: Equatable, Sendable {
    /// Its size, counted from the finest.
    let level: Int
    /// Its place among the blocks of that size.
    let place: Int
    /// These cells, whose numbers decide which of them it shows.
    let labels: [LabelImage.Label]
  }

  /// As they were worked out, a size each, the finest first; row by row.
  private let blocks: [[CellBlock]]
  /// The blocks that show another cell where cells have other numbers.
  private let ties: [Tie]
  /// The numbers that cells got since.
  private var table: LabelTable?

  /// Takes what was worked out.
  init(_ blocks: [[CellBlock]], ties: [Tie] = []) { (self.blocks, self.ties) = (blocks, ties) }

  /// The blocks of one size, row by row.
  func blocks(ofLevel level: Int) -> [CellBlock] {
    guard let table else { return blocks[level] }
    var found = blocks[level].map { $0.showing(table[$0.label]) }
    for tie in ties where tie.level == level {
      let lowest = tie.labels.map { table[$0] }.min()
      found[tie.place] = found[tie.place].showing(lowest ?? 0)
    }
    return found
  }

  /// The same of cells with other numbers, none of which two share.
  func renumbered(by last: inout LabelTable.Joined) -> BlockLevels {
    var after = self
    let both = table.map { last.after($0) } ?? last.last
    after.table = both.isIdentity ? nil : both
    return after
  }
}

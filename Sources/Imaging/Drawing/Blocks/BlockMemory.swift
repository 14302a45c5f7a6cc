import Synchronization

/// Remembers the blocks of a tile, so that they are worked out once after an edit, and only where it is drawn.
///
/// What it holds follows from pixels that do not change as long as it is shared, so that whoever asks first may
/// fill it, on any thread.
final class BlockMemory: Sendable {
  /// Blocks of `1 << finestShift` pixels and more are remembered; smaller ones are as quick to work out.
  static let finestShift = 3

  private let known = Mutex<[[CellBlock]]>([])

  /// The blocks of one size, those of all sizes worked out by `make` unless they are known.
  func blocks(shift: Int, make: () -> [[CellBlock]]) -> [CellBlock] {
    known.withLock { known in
      if known.isEmpty { known = make() }
      return known[shift - Self.finestShift]
    }
  }

  /// The same of cells with other numbers, none of which two share; nothing is remembered where it depended on the
  /// numbers which of two cells a block shows.
  func renumbered(by table: LabelTable) -> BlockMemory {
    let levels = known.withLock { $0 }
    let after = BlockMemory()
    guard !levels.contains(where: { $0.contains(where: \.isTied) }) else { return after }
    after.known.withLock { $0 = levels.map { $0.map { $0.renumbered(by: table) } } }
    return after
  }

  /// Forgets everything.
  func forget() {
    known.withLock { if !$0.isEmpty { $0 = [] } }
  }
}

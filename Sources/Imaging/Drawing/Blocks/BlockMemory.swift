import Synchronization

/// Remembers the blocks of a tile, so that they are worked out once after an edit, and only where it is drawn.
///
/// What it holds follows from pixels that do not change as long as it is shared, so that whoever asks first may
/// fill it, on any thread.
final class BlockMemory: Sendable {
  /// Blocks of `1 << finestShift` pixels and more are remembered; smaller ones are as quick to work out.
  static let finestShift = 3

  private let known: Mutex<BlockLevels?>

  /// Remembers nothing so far, or what is known already.
  init(_ known: BlockLevels? = nil) { self.known = Mutex(known) }

  /// The blocks of one size, those of all sizes worked out by `make` unless they are known.
  func blocks(shift: Int, make: () -> BlockLevels) -> [CellBlock] {
    let levels = known.withLock { known in
      let levels = known ?? make()
      known = levels
      return levels
    }
    return levels.blocks(ofLevel: shift - Self.finestShift)
  }

  /// The same of cells with other numbers, none of which two share.
  func renumbered(by table: inout LabelTable.Joined) -> BlockMemory {
    BlockMemory(known.withLock { $0 }?.renumbered(by: &table))
  }

  /// Forgets everything.
  func forget() { known.withLock { $0 = nil } }
}

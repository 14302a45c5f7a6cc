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

  /// Forgets everything.
  func forget() {
    known.withLock { if !$0.isEmpty { $0 = [] } }
  }
}

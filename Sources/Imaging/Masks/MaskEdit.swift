/// A change of a mask that knows its inverse: just the pixels that changed.
///
/// Runs are ranges of pixels counted row by row over the whole mask.
public struct MaskEdit: Equatable, Hashable, Sendable {
  /// Runs that were background and became cell.
  public var added: [Range<Int>]
  /// Runs that were cell and became background.
  public var removed: [Range<Int>]

  /// Makes an edit from the runs that it adds and removes.
  public init(added: [Range<Int>] = [], removed: [Range<Int>] = []) {
    self.added = added
    self.removed = removed
  }

  /// What turns `old` into `new`; looks only at tiles that they do not share.
  ///
  /// - Precondition: both have the same size.
  public init(from old: TiledMask, to new: TiledMask) {
    precondition(
      old.width == new.width && old.height == new.height,
      "\(old.width)x\(old.height) against \(new.width)x\(new.height)")
    let side = TiledMask.Tile.side
    var (added, removed) = (BitRuns(), BitRuns())
    for top in stride(from: 0, to: old.height, by: side) {
      let first = top / side * old.columns
      let changed = (first..<first + old.columns).filter { old.tiles[$0] != new.tiles[$0] }
      for row in top..<min(top + side, old.height) {
        for place in changed {
          let (before, after) = (
            old.tiles[place].words[row - top], new.tiles[place].words[row - top]
          )
          let start = row * old.width + (place - first) * side
          added.add(after & ~before, from: start)
          removed.add(before & ~after, from: start)
        }
      }
    }
    self.init(added: added.found, removed: removed.found)
  }

  /// The edit that takes this one back.
  public var inverse: MaskEdit { MaskEdit(added: removed, removed: added) }

  /// Whether nothing changes.
  public var isEmpty: Bool { added.isEmpty && removed.isEmpty }
}

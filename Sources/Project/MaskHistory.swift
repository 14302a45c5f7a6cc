import Imaging

/// A mask with all that can be undone and redone of it: the edits from before cells were told apart.
struct MaskHistory: Equatable, Sendable {
  /// The mask as it stands.
  private(set) var mask: TiledMask
  /// Edits that stand, oldest first, each only with the pixels that it really changed.
  private var done: [MaskEdit] = []
  /// Edits taken back, the one to redo next last.
  private var undone: [MaskEdit] = []

  /// An empty mask.
  init(width: Int, height: Int) { mask = TiledMask(width: width, height: height) }

  /// How many edits can be taken back.
  var undoCount: Int { done.count }

  /// How many undone edits can be done again.
  var redoCount: Int { undone.count }

  /// Carries out an edit, cut down to the pixels that it changes; whether there are any.
  ///
  /// One that reaches beyond the mask changes nothing.
  mutating func edit(_ edit: MaskEdit) -> Bool {
    guard let effective = mask.effect(of: edit), !effective.isEmpty else { return false }
    mask.apply(effective)
    done.append(effective)
    undone = []
    return true
  }

  /// Takes the newest edit back; whether there is one.
  mutating func undo() -> Bool {
    guard let edit = done.popLast() else { return false }
    mask.apply(edit.inverse)
    undone.append(edit)
    return true
  }

  /// Does the newest undone edit again; whether there is one.
  mutating func redo() -> Bool {
    guard let edit = undone.popLast() else { return false }
    mask.apply(edit)
    done.append(edit)
    return true
  }

  /// Forgets what could be redone.
  mutating func dropUndone() { undone = [] }

  /// Whether it is a mask, or was before edits that still stand.
  ///
  /// Goes back edit by edit over the pixels that changed, without a mask for each.
  func passed(through other: TiledMask) -> Bool {
    guard other.width == mask.width, other.height == mask.height else { return false }
    var differing = mask.area + other.area - 2 * mask.common(with: other)
    for edit in done.reversed() {
      guard differing > 0 else { return true }
      // Taken back, what was added differs where the other has cell, and agrees where it has not.
      let (added, removed) = (other.area(in: edit.added), other.area(in: edit.removed))
      differing += 2 * added - edit.added.reduce(0) { $0 + $1.count }
      differing -= 2 * removed - edit.removed.reduce(0) { $0 + $1.count }
    }
    return differing == 0
  }
}

extension TiledMask {
  /// The part of an edit that changes the mask; none when it does not fit into the mask.
  ///
  /// A pixel that is both added and removed ends as background, as `apply` has it.
  func effect(of edit: MaskEdit) -> MaskEdit? {
    let all = 0..<pixelCount
    guard [edit.added, edit.removed].allSatisfy({ $0.allSatisfy { $0.clamped(to: all) == $0 } })
    else { return nil }
    // Nearly all edits have no pixel twice, and a set of as many ranges takes far longer.
    if (edit.added + edit.removed).inOrder != nil, let added = edit.added.inOrder,
      let removed = edit.removed.inOrder
    {
      return MaskEdit(added: runs(of: false, in: added), removed: runs(of: true, in: removed))
    }
    let cleared = RangeSet(edit.removed)
    let drawn = RangeSet(edit.added).subtracting(cleared)
    return MaskEdit(
      added: runs(of: false, in: Array(drawn.ranges)),
      removed: runs(of: true, in: Array(cleared.ranges)))
  }
}

extension [Range<Int>] {
  /// The ranges in their order; nil where one begins before the end of the one before it.
  fileprivate var inOrder: [Range<Int>]? {
    let sorted = filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound }
    let isApart = zip(sorted, sorted.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
    return isApart ? sorted : nil
  }
}

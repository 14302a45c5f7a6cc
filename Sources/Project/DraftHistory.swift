public import Imaging

/// The draft mask of an image with all that can be undone and redone: what replaying its strokes
/// over an empty mask gives.
///
/// The workbench applies a stroke here and records it with `ProjectStore.append`; after a restart the
/// same strokes give the same draft, undo and redo included.
public struct DraftHistory: Equatable, Sendable {
  /// The draft as it stands.
  public private(set) var mask: TiledMask
  /// Edits that stand, oldest first, each only with the pixels that it really changed.
  private var done: [MaskEdit] = []
  /// Edits taken back, the one to redo next last.
  private var undone: [MaskEdit] = []
  /// Whether the first edit, standing or taken back, is an adoption: no step without the one after it.
  public private(set) var beginsWithAdoption = false

  /// Replays strokes over an empty mask.
  public init(width: Int, height: Int, strokes: [Stroke] = []) {
    mask = TiledMask(width: width, height: height)
    for stroke in strokes { apply(stroke) }
  }

  /// Whether there is an edit to take back.
  public var canUndo: Bool { !done.isEmpty }

  /// Whether there is an undone edit to do again.
  public var canRedo: Bool { !undone.isEmpty }

  /// How many edits can be taken back.
  public var undoCount: Int { done.count }

  /// How many undone edits can be done again.
  public var redoCount: Int { undone.count }

  /// Carries out a stroke.
  ///
  /// An edit is cut down to the pixels that it changes, so undoing it is exact. An edit that changes
  /// nothing, one that reaches beyond the mask (an image replaced by a smaller one), an undo or redo
  /// of nothing: all leave everything as it was.
  ///
  /// - Returns: the pixels that changed, if any did.
  @discardableResult
  public mutating func apply(_ stroke: Stroke) -> MaskEdit? {
    switch stroke {
    case .edit(let edit), .adopt(let edit):
      guard let effective = mask.effect(of: edit), !effective.isEmpty else { return nil }
      if done.isEmpty {
        beginsWithAdoption = if case .adopt = stroke { true } else { false }
      }
      mask.apply(effective)
      done.append(effective)
      undone = []
      return effective
    case .undo:
      guard let edit = done.popLast() else { return nil }
      mask.apply(edit.inverse)
      undone.append(edit)
      return edit.inverse
    case .redo:
      guard let edit = undone.popLast() else { return nil }
      mask.apply(edit)
      done.append(edit)
      return edit
    case .on:
      return nil
    }
  }

  /// Whether the draft is not what was decided: drawn on and never accepted, or since.
  public func isUnsaved(in state: ReviewState, accepted: TiledMask?) -> Bool {
    canUndo && (!state.hasMask || mask != accepted)
  }

  /// Whether the draft is a mask, or was before edits that still stand.
  ///
  /// Goes back edit by edit over the pixels that changed, without a mask for each.
  public func passed(through other: TiledMask) -> Bool {
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
    // Nearly all edits are of one kind and in order.
    if edit.removed.isEmpty, edit.added.isInOrder {
      return MaskEdit(added: runs(of: false, in: edit.added))
    }
    if edit.added.isEmpty, edit.removed.isInOrder {
      return MaskEdit(removed: runs(of: true, in: edit.removed))
    }
    let cleared = RangeSet(edit.removed)
    let drawn = RangeSet(edit.added).subtracting(cleared)
    return MaskEdit(
      added: runs(of: false, in: Array(drawn.ranges)),
      removed: runs(of: true, in: Array(cleared.ranges)))
  }
}

extension [Range<Int>] {
  /// Whether each begins where the one before it ends, or further on.
  fileprivate var isInOrder: Bool {
    zip(self, dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
  }
}

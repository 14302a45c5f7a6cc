public import Imaging

/// The draft mask of an image with all that can be undone and redone: what replaying its strokes
/// over an empty mask gives.
///
/// The workbench applies a stroke here and records it with `ProjectStore.append`; after a restart the
/// same strokes give the same draft, undo and redo included.
public struct DraftHistory: Equatable, Sendable {
  /// The draft as it stands.
  public private(set) var mask: Mask
  /// Edits that stand, oldest first, each only with the pixels that it really changed.
  private var done: [MaskEdit] = []
  /// Edits taken back, the one to redo next last.
  private var undone: [MaskEdit] = []

  /// Replays strokes over an empty mask.
  public init(width: Int, height: Int, strokes: [Stroke] = []) {
    mask = Mask(width: width, height: height)
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
  /// - Returns: Whether anything changed.
  @discardableResult
  public mutating func apply(_ stroke: Stroke) -> Bool {
    switch stroke {
    case .edit(let edit):
      guard let effective = effect(of: edit), !effective.isEmpty else { return false }
      mask.apply(effective)
      done.append(effective)
      undone = []
    case .undo:
      guard let edit = done.popLast() else { return false }
      mask.apply(edit.inverse)
      undone.append(edit)
    case .redo:
      guard let edit = undone.popLast() else { return false }
      mask.apply(edit)
      done.append(edit)
    }
    return true
  }

  /// The part of an edit that changes the mask; none when it does not fit into the mask.
  ///
  /// A pixel that is both added and removed ends as background, as `Mask.apply` has it.
  private func effect(of edit: MaskEdit) -> MaskEdit? {
    let all = 0..<mask.pixels.count
    guard (edit.added + edit.removed).allSatisfy({ $0.clamped(to: all) == $0 }) else { return nil }
    var after = mask
    after.apply(edit)
    let touched = (edit.added + edit.removed).sorted { $0.lowerBound < $1.lowerBound }
    var effective = MaskEdit()
    var next = 0
    for run in touched {
      let fresh = max(run.lowerBound, next)..<max(run.upperBound, next)
      next = fresh.upperBound
      collect(fresh, from: mask.pixels, to: after.pixels, into: &effective)
    }
    return effective
  }

  /// Adds the changes within a range to an edit, run by run.
  private func collect(
    _ range: Range<Int>, from old: [UInt8], to new: [UInt8], into edit: inout MaskEdit
  ) {
    var start = range.lowerBound
    while start < range.upperBound {
      let change = (old[start], new[start])
      var end = start + 1
      while end < range.upperBound, (old[end], new[end]) == change { end += 1 }
      if change == (0, 1) { edit.added.append(start..<end) }
      if change == (1, 0) { edit.removed.append(start..<end) }
      start = end
    }
  }
}

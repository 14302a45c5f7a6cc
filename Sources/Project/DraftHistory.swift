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
  /// Whether the first edit, standing or taken back, is an adoption: no step without the one after it.
  public private(set) var beginsWithAdoption = false

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
    case .edit(let edit), .adopt(let edit):
      guard let effective = effect(of: edit), !effective.isEmpty else { return false }
      if done.isEmpty {
        beginsWithAdoption = if case .adopt = stroke { true } else { false }
      }
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

  /// Whether the draft is a mask, or was before edits that still stand.
  ///
  /// Goes back edit by edit over the pixels that changed, without a mask for each.
  public func passed(through other: Mask) -> Bool {
    guard other.width == mask.width, other.height == mask.height else { return false }
    var differing = 0
    for index in mask.pixels.indices where mask.pixels[index] != other.pixels[index] {
      differing += 1
    }
    for edit in done.reversed() where differing > 0 {
      for run in edit.added { for index in run { differing += other.pixels[index] != 0 ? 1 : -1 } }
      for run in edit.removed {
        for index in run { differing += other.pixels[index] != 0 ? -1 : 1 }
      }
    }
    return differing == 0
  }

  /// The part of an edit that changes the draft; none when it does not fit.
  private func effect(of edit: MaskEdit) -> MaskEdit? {
    edit.effect(onPixels: mask.pixels.count) { mask.pixels[$0] != 0 }
  }
}

extension MaskEdit {
  /// The part of an edit that changes a mask; none when it does not fit into the mask.
  ///
  /// A pixel that is both added and removed ends as background, as `Mask.apply` has it. Looks at
  /// pixels that the edit touches and at no others, at each at most once: drafts are replayed from
  /// thousands of edits.
  func effect(onPixels count: Int, isCell: (Int) -> Bool) -> MaskEdit? {
    let all = 0..<count
    guard (added + removed).allSatisfy({ $0.clamped(to: all) == $0 }) else { return nil }
    let cleared = Self.united(removed)
    var effect = MaskEdit()
    for run in Self.united(added, without: cleared) {
      Self.collect(run, into: &effect.added) { !isCell($0) }
    }
    for run in cleared { Self.collect(run, into: &effect.removed, where: isCell) }
    return effect
  }

  /// Runs in order that do not overlap, less others of that kind.
  private static func united(_ runs: [Range<Int>], without holes: [Range<Int>] = []) -> [Range<Int>]
  {
    var united: [Range<Int>] = []
    var next = 0
    var hole = 0
    for run in runs.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      var start = max(run.lowerBound, next)
      next = max(next, run.upperBound)
      while hole < holes.count, holes[hole].upperBound <= start { hole += 1 }
      while hole < holes.count, holes[hole].lowerBound < run.upperBound, start < run.upperBound {
        if start < holes[hole].lowerBound { united.append(start..<holes[hole].lowerBound) }
        start = max(start, holes[hole].upperBound)
        if holes[hole].upperBound <= run.upperBound { hole += 1 }
      }
      if start < run.upperBound { united.append(start..<run.upperBound) }
    }
    return united
  }

  /// Adds the parts of a run where something holds.
  private static func collect(
    _ run: Range<Int>, into runs: inout [Range<Int>], where holds: (Int) -> Bool
  ) {
    var start: Int?
    for index in run {
      if holds(index) {
        start = start ?? index
      } else if let first = start {
        runs.append(first..<index)
        start = nil
      }
    }
    if let start { runs.append(start..<run.upperBound) }
  }
}

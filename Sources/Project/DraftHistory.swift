public import Imaging

/// The draft of an image's cells with all that can be undone and redone: what replaying its strokes over no cells
/// gives.
///
/// The workbench applies a stroke here and records it with `ProjectStore.append`; after a restart the
/// same strokes give the same draft, undo and redo included.
///
/// Edits of a mask, from before cells were told apart, lie beneath all others. As long as none but these stand, the
/// cells are the pieces of the mask that they give, counted anew at each step; the first edit of cells goes on with
/// those pieces, and taken back it leaves them.
public struct DraftHistory: Equatable, Sendable {
  /// The cells of the draft as it stands.
  public private(set) var labels: TiledLabels
  /// Whether `labels` are what they should be, rather than pieces that nobody has asked for so far.
  private var isLabelled = true
  /// The edits of a mask.
  private var old: MaskHistory
  /// Edits of cells that stand, oldest first, each only with what it really changed.
  private var done: [DraftStep] = []
  /// Edits of cells that are taken back, the one to redo next last; edits of the mask are redone before them.
  private var undone: [DraftStep] = []
  /// Whether the first edit, standing or taken back, is an adoption: no step without the one after it.
  public private(set) var beginsWithAdoption = false

  /// Replays strokes over no cells.
  public init(width: Int, height: Int, strokes: [Stroke] = []) {
    labels = TiledLabels(width: width, height: height)
    old = MaskHistory(width: width, height: height)
    for stroke in strokes { _ = take(stroke) }
    label()
  }

  /// The pixels that are of any cell.
  public var mask: TiledMask { labels.mask }

  /// Whether there is an edit to take back.
  public var canUndo: Bool { undoCount > 0 }

  /// Whether there is an undone edit to do again.
  public var canRedo: Bool { redoCount > 0 }

  /// How many edits can be taken back.
  public var undoCount: Int { old.undoCount + done.count }

  /// How many undone edits can be done again.
  public var redoCount: Int { old.redoCount + undone.count }

  /// Carries out a stroke.
  ///
  /// An edit is cut down to the pixels that it changes, so undoing it is exact. An edit that changes
  /// nothing, one that reaches beyond the image (it was replaced by a smaller one), an undo or redo
  /// of nothing: all leave everything as it was.
  ///
  /// - Returns: what changed, if anything did.
  @discardableResult
  public mutating func change(by stroke: Stroke) -> DraftChange? {
    switch take(stroke) {
    case .nothing: return nil
    case .cells(let change): return change
    case .mask:
      let before = labels
      label()
      return .pixels(before.edit(to: labels))
    }
  }

  /// The same, looked at pixel by pixel, which takes a while where much changed.
  ///
  /// - Returns: the pixels that changed, if any did.
  @discardableResult
  public mutating func apply(_ stroke: Stroke) -> LabelEdit? {
    let before = labels
    switch change(by: stroke) {
    case nil: return nil
    case .pixels(let edit): return edit
    case .cells, .whole: return before.edit(to: labels)
    }
  }

  /// Makes the draft cells that are known already, whose tiles it shares.
  ///
  /// - Parameters:
  ///   - cells: what the draft is then.
  ///   - isAdoption: whether that is no step without the edit after it.
  /// - Precondition: the draft has the cells' size.
  public mutating func become(_ cells: TiledLabels, isAdoption: Bool) {
    precondition(
      cells.width == labels.width && cells.height == labels.height,
      "\(cells.width)x\(cells.height) on \(labels.width)x\(labels.height)")
    label()
    guard cells != labels else { return }
    if !canUndo { beginsWithAdoption = isAdoption }
    done.append(.whole(before: labels, after: cells))
    labels = cells
    forgetUndone()
  }

  /// Takes those tiles of cells of the same size that are as the draft's, or as those of drafts that an undo or redo
  /// leads to, so that comparing the two is quick.
  public mutating func share(tilesOf cells: TiledLabels) {
    labels.share(tilesOf: cells)
    for place in done.indices { done[place].share(tilesOf: cells) }
    for place in undone.indices { undone[place].share(tilesOf: cells) }
  }

  /// The nearest drafts to which an undo or a redo of an edit leads that changed much, and how many edits stand in each:
  /// as many as are asked for on either side.
  public func drafts(nearest count: Int) -> [(undoCount: Int, labels: TiledLabels)] {
    var earlier: [(undoCount: Int, labels: TiledLabels)] = []
    for (place, step) in done.enumerated().reversed() where earlier.count < count {
      if case .whole(let before, _) = step { earlier.append((old.undoCount + place, before)) }
    }
    var later: [(undoCount: Int, labels: TiledLabels)] = []
    for (place, step) in undone.reversed().enumerated() where later.count < count {
      if case .whole(_, let after) = step {
        later.append((undoCount + old.redoCount + place + 1, after))
      }
    }
    return earlier + later
  }

  /// Whether the draft is not what was decided: drawn on and never accepted, or since.
  public func isUnsaved(in state: ReviewState, accepted: TiledLabels?) -> Bool {
    canUndo && (!state.hasMask || labels != accepted)
  }

  /// Whether the draft is just these cells, or was before edits that still stand.
  ///
  /// Goes back edit by edit, and looks at pixels only where as many are cell as in the other.
  public func passed(through other: TiledLabels) -> Bool {
    guard other.width == labels.width, other.height == labels.height else { return false }
    var (past, area) = (labels, labels.mask.area)
    var waiting: [DraftStep] = []
    func isThere() -> Bool {
      guard area == other.mask.area else { return false }
      for step in waiting { _ = step.undo(on: &past) }
      waiting = []
      return past == other
    }
    for step in done.reversed() {
      if isThere() { return true }
      area -= step.growth
      waiting.append(step)
    }
    return isThere()
      || old.undoCount > 0 && old.passed(through: other.mask)
        && other == TiledLabels(piecesOf: other.mask)
  }

  // MARK: Steps

  /// What a stroke changed.
  private enum Change {
    case nothing
    case cells(DraftChange)
    /// The mask whose pieces the cells are, which have to be counted anew.
    case mask
  }

  private mutating func take(_ stroke: Stroke) -> Change {
    switch stroke {
    case .edit(let edit), .adopt(let edit):
      return take(edit, isAdoption: stroke.isAdoption)
    case .editMask(let edit), .adoptMask(let edit):
      return take(edit, isAdoption: stroke.isAdoption)
    case .relabel(let relabelling):
      return take(relabelling)
    case .undo:
      guard let step = done.popLast() else { return changed(old.undo()) }
      undone.append(step)
      return .cells(step.undo(on: &labels))
    case .redo:
      if old.redo() { return changed(true) }
      guard let step = undone.popLast() else { return .nothing }
      label()
      done.append(step)
      return .cells(step.redo(on: &labels))
    case .on:
      return .nothing
    }
  }

  private mutating func take(_ stroke: LabelStroke, isAdoption: Bool) -> Change {
    label()
    guard let edit = labels.effect(of: stroke), !edit.isEmpty else { return .nothing }
    if !canUndo { beginsWithAdoption = isAdoption }
    let before = DraftStep.isLarge(edit) ? labels : nil
    labels.apply(edit)
    done.append(before.map { DraftStep.whole(before: $0, after: labels) } ?? .pixels(edit))
    forgetUndone()
    return .cells(.pixels(edit))
  }

  private mutating func take(_ relabelling: Relabelling) -> Change {
    label()
    guard let effect = labels.effect(of: relabelling), !effect.isEmpty else { return .nothing }
    if !canUndo { beginsWithAdoption = false }
    let before = effect.removesCells ? labels : nil
    labels.apply(effect)
    done.append(before.map { DraftStep.whole(before: $0, after: labels) } ?? .numbers(effect))
    forgetUndone()
    return .cells(.cells(effect))
  }

  private mutating func take(_ edit: MaskEdit, isAdoption: Bool) -> Change {
    guard done.isEmpty else {
      return labels.stroke(of: edit).map { take($0, isAdoption: isAdoption) } ?? .nothing
    }
    let isFirst = !canUndo
    guard old.edit(edit) else { return .nothing }
    if isFirst { beginsWithAdoption = isAdoption }
    forgetUndone()
    return changed(true)
  }

  private mutating func forgetUndone() {
    undone = []
    old.dropUndone()
  }

  private mutating func changed(_ isChanged: Bool) -> Change {
    guard isChanged else { return .nothing }
    isLabelled = false
    return .mask
  }

  /// Counts the pieces of the mask, unless they are counted or edits of cells rest on them.
  private mutating func label() {
    guard !isLabelled else { return }
    labels = TiledLabels(piecesOf: old.mask)
    isLabelled = true
  }
}

extension TiledLabels {
  /// The pieces of a mask as cells.
  init(piecesOf mask: TiledMask) {
    guard mask.area > 0 else {
      self.init(width: mask.width, height: mask.height)
      return
    }
    self.init(LabelImage(piecesOf: Mask(mask)))
  }

  /// A mask's edit as one of cells, each piece of what it adds being a new one; nil where it does not fit.
  fileprivate func stroke(of edit: MaskEdit) -> LabelStroke? {
    guard let edit = mask.effect(of: edit) else { return nil }
    var added = TiledMask(width: width, height: height)
    added.apply(MaskEdit(added: edit.added))
    let pieces = Pieces(of: Mask(added))
    var free = FreeLabels(besides: Set(cells.keys))
    // Where no number is left, what is added is of the last cell, and no pixel is lost.
    let numbers = (0..<pieces.count).map { _ in free.next() ?? .max }
    let parts = Dictionary(grouping: pieces.runs, by: \.piece).sorted { $0.key < $1.key }.map {
      LabelStroke.Part(numbers[$0.key - 1], $0.value.map(\.run))
    }
    return LabelStroke([LabelStroke.Part(0, edit.removed)] + parts)
  }
}

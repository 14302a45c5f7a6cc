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
  /// Edits of cells that stand, oldest first, each only with the pixels that it really changed.
  private var done: [LabelEdit] = []
  /// Edits of cells that are taken back, the one to redo next last; edits of the mask are redone before them.
  private var undone: [LabelEdit] = []
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
  /// - Returns: the pixels that changed, if any did.
  @discardableResult
  public mutating func apply(_ stroke: Stroke) -> LabelEdit? {
    switch take(stroke) {
    case .nothing: return nil
    case .cells(let edit): return edit
    case .mask:
      let before = labels
      label()
      return before.edit(to: labels)
    }
  }

  /// Makes the draft cells that are known already, whose tiles it shares.
  ///
  /// - Parameters:
  ///   - cells: what the draft is then.
  ///   - edit: what turns the draft into these.
  ///   - isAdoption: whether that is no step without the edit after it.
  /// - Precondition: the draft has the cells' size.
  public mutating func become(_ cells: TiledLabels, by edit: LabelEdit, isAdoption: Bool) {
    precondition(
      cells.width == labels.width && cells.height == labels.height,
      "\(cells.width)x\(cells.height) on \(labels.width)x\(labels.height)")
    guard !edit.isEmpty else { return }
    label()
    if !canUndo { beginsWithAdoption = isAdoption }
    labels = cells
    done.append(edit)
    forgetUndone()
  }

  /// Does the first edit of all again where that turns the empty draft into cells that are known, whose tiles it
  /// then shares; whether it does.
  public mutating func redo(becoming cells: TiledLabels, by edit: LabelEdit) -> Bool {
    guard !canUndo, old.redoCount == 0, undone.last == edit else { return false }
    label()
    labels = cells
    done.append(undone.removeLast())
    return true
  }

  /// Takes those tiles of cells of the same size that are as the draft's, so that comparing the two is quick.
  public mutating func share(tilesOf cells: TiledLabels) { labels.share(tilesOf: cells) }

  /// Whether the draft is not what was decided: drawn on and never accepted, or since.
  public func isUnsaved(in state: ReviewState, accepted: TiledLabels?) -> Bool {
    canUndo && (!state.hasMask || labels != accepted)
  }

  /// Whether the draft is just these cells, or was before edits that still stand.
  ///
  /// Goes back edit by edit over the pixels that changed, without a label image for each.
  public func passed(through other: TiledLabels) -> Bool {
    guard other.width == labels.width, other.height == labels.height else { return false }
    var differing = labels.edit(to: other).changes.reduce(0) { $0 + $1.run.count }
    for edit in done.reversed() {
      guard differing > 0 else { return true }
      for change in edit.changes {
        for piece in other.pieces(of: change.run) {
          // Taken back, what agrees now differs, and what agreed before agrees again.
          if piece.label == change.new { differing += piece.run.count }
          if piece.label == change.old { differing -= piece.run.count }
        }
      }
    }
    if differing == 0 { return true }
    return old.undoCount > 0 && old.passed(through: other.mask)
      && other == TiledLabels(piecesOf: other.mask)
  }

  // MARK: Steps

  /// What a stroke changed.
  private enum Change {
    case nothing
    case cells(LabelEdit)
    /// The mask whose pieces the cells are, which have to be counted anew.
    case mask
  }

  private mutating func take(_ stroke: Stroke) -> Change {
    switch stroke {
    case .edit(let edit), .adopt(let edit):
      return take(edit, isAdoption: stroke.isAdoption)
    case .editMask(let edit), .adoptMask(let edit):
      return take(edit, isAdoption: stroke.isAdoption)
    case .undo:
      guard let edit = done.popLast() else { return changed(old.undo()) }
      let inverse = edit.inverse
      undone.append(edit)
      if canUndo {
        labels.apply(inverse)
      } else {
        // Before the first of all there was no cell.
        labels = TiledLabels(width: labels.width, height: labels.height)
      }
      return .cells(inverse)
    case .redo:
      if old.redo() { return changed(true) }
      guard let edit = undone.popLast() else { return .nothing }
      label()
      labels.apply(edit)
      done.append(edit)
      return .cells(edit)
    case .on:
      return .nothing
    }
  }

  private mutating func take(_ stroke: LabelStroke, isAdoption: Bool) -> Change {
    label()
    guard let edit = labels.effect(of: stroke), !edit.isEmpty else { return .nothing }
    if !canUndo { beginsWithAdoption = isAdoption }
    labels.apply(edit)
    done.append(edit)
    forgetUndone()
    return .cells(edit)
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

public import Imaging

/// What a stroke changed of a draft.
public enum DraftChange: Equatable, Sendable {
  /// Pixels.
  case pixels(LabelEdit)
  /// Cells as wholes.
  case cells(Relabelling)
  /// Much of the picture, by a step that is taken back or done again.
  case whole

  /// Whether it is of much of the picture, as far as that is known without a look.
  public var isLarge: Bool {
    if case .pixels(let edit) = self { DraftStep.isLarge(edit) } else { true }
  }
}

/// An edit that stands or is taken back.
enum DraftStep: Sendable {
  /// Just the pixels that changed.
  case pixels(LabelEdit)
  /// Numbers that cells got, none of which became ground.
  case numbers(Relabelling)
  /// Much of the picture: its cells before and after.
  ///
  /// They share the tiles that are alike with each other and with the drafts around them, so that they cost those that
  /// differ. Taken back or done again it is no work, and what tiles remember for drawing is at hand.
  case whole(before: TiledLabels, after: TiledLabels)

  /// Whether an edit changes so many runs that it is kept whole.
  static func isLarge(_ edit: LabelEdit) -> Bool { edit.changes.count > 4096 }

  /// Does it again.
  func redo(on labels: inout TiledLabels) -> DraftChange {
    switch self {
    case .pixels(let edit):
      labels.apply(edit)
      return .pixels(edit)
    case .numbers(let relabelling):
      labels.apply(relabelling)
      return .cells(relabelling)
    case .whole(_, let after):
      labels = after
      return .whole
    }
  }

  /// Takes it back.
  func undo(on labels: inout TiledLabels) -> DraftChange {
    switch self {
    case .pixels(let edit):
      let inverse = edit.inverse
      labels.apply(inverse)
      return .pixels(inverse)
    case .numbers(let relabelling):
      let inverse = relabelling.inverse
      labels.apply(inverse)
      return .cells(inverse)
    case .whole(let before, _):
      labels = before
      return .whole
    }
  }

  /// By how many pixels all cells together grew.
  var growth: Int {
    switch self {
    case .pixels(let edit):
      edit.changes.reduce(0) {
        $0 + (($1.new == 0 ? 0 : 1) - ($1.old == 0 ? 0 : 1)) * $1.run.count
      }
    case .numbers: 0
    case .whole(let before, let after): after.mask.area - before.mask.area
    }
  }

  /// Takes the memory of those tiles of cells that are as its own.
  mutating func share(tilesOf cells: TiledLabels) {
    guard case .whole(var before, var after) = self else { return }
    before.share(tilesOf: cells)
    after.share(tilesOf: cells)
    self = .whole(before: before, after: after)
  }
}

extension DraftStep: Equatable {
  /// Equal is what changes the same, however it is kept.
  static func == (a: DraftStep, b: DraftStep) -> Bool {
    switch (a, b) {
    case (.pixels(let a), .pixels(let b)): a == b
    case (.numbers(let a), .numbers(let b)): a == b
    case (.whole(let before, let after), .whole(let otherBefore, let otherAfter)):
      before == otherBefore && after == otherAfter
    case (.pixels(let edit), .whole(let before, let after)),
      (.whole(let before, let after), .pixels(let edit)):
      before.edit(to: after) == edit
    default: false
    }
  }
}

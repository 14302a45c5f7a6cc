/// Which cell a pen or a lasso draws.
public enum PenTarget: Equatable, Hashable, Sendable {
  /// The one that the first pixel is of; where that is ground, a new one.
  case underPen
  /// A new one, with the lowest number that is free.
  case newCell
  /// One that may be there already.
  case cell(LabelImage.Label)
  /// None: pixels of any cell become ground, or those of one.
  case ground(of: LabelImage.Label?)
}

/// Which pixels are given to which cell.
struct PenRule: Equatable, Sendable {
  /// The cell; 0 is ground.
  let label: LabelImage.Label
  /// Whether it has no pixel yet.
  let isNew: Bool
  /// The only cell that loses pixels, where ground is drawn.
  private let only: LabelImage.Label?
  /// Whether other cells lose pixels, where a cell is drawn.
  private let overwrites: Bool

  /// What a target means on cells whose pen begins at `first`; nil where all numbers are taken.
  init?(
    _ target: PenTarget, from first: PixelPoint?, on labels: TiledLabels, overwrites: Bool
  ) {
    var label: LabelImage.Label? =
      switch target {
      case .underPen: first.map { labels[$0.x, $0.y] }
      case .newCell: nil
      case .cell(let label): label
      case .ground: 0
      }
    only = if case .ground(let only) = target { only } else { nil }
    if target == .newCell || target == .underPen && (label ?? 0) == 0 {
      var free = FreeLabels(besides: Set(labels.cells.keys))
      label = free.next()
    }
    guard let label else { return nil }
    self.label = label
    isNew = label != 0 && labels.cells[label] == nil
    self.overwrites = overwrites
  }

  /// Whether pixels are taken from a cell, or from the ground.
  func takes(_ old: LabelImage.Label) -> Bool {
    guard label != 0 else { return old != 0 && (only ?? old) == old }
    return old == 0 || overwrites && old != label
  }

  /// What is drawn where runs, in order, are covered.
  func edit(of runs: [Range<Int>], on labels: TiledLabels) -> LabelEdit {
    LabelEdit(
      runs.flatMap { labels.pieces(of: $0) }.filter { takes($0.label) }
        .map { LabelEdit.Change($0.run, from: $0.label, to: label) })
  }
}

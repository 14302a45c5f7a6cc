import Imaging

@testable import Project

extension FuzzTarget {
  /// The journals of strokes and of decisions: what is kept reads as the same lines, and any strokes can be
  /// replayed, whatever the image's size has become.
  static func journal(_ bytes: [UInt8]) {
    let strokes = JournalContents<StrokeLine>(bytes)
    let kept = JournalContents<StrokeLine>(Array(bytes.prefix(strokes.keptBytes)))
    precondition(kept.lines == strokes.lines, "a journal that is cut loses a line")
    precondition(kept.keptBytes == strokes.keptBytes, "a journal is cut twice")
    var history = DraftHistory(width: 7, height: 5, strokes: strokes.lines.map(\.stroke))
    let pixels = history.mask
    while history.canUndo { history.apply(.undo) }
    precondition(history.mask.area == 0, "undoing all leaves pixels")
    while history.canRedo, history.mask != pixels { history.apply(.redo) }
    _ = JournalContents<Decision>(bytes)
  }
}

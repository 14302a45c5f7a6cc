import Foundation
import Imaging

@testable import Project

extension FuzzTarget {
  /// The journals of strokes and of decisions: what is kept reads as the same lines, also as they are written anew,
  /// and any strokes can be replayed, whatever the image's size has become: all taken back and done again they give
  /// the same cells.
  static func journal(_ bytes: [UInt8]) {
    let strokes = JournalContents<StrokeLine>(bytes)
    let kept = JournalContents<StrokeLine>(Array(bytes.prefix(strokes.keptBytes)))
    precondition(kept.lines == strokes.lines, "a journal that is cut loses a line")
    precondition(kept.keptBytes == strokes.keptBytes, "a journal is cut twice")
    for line in strokes.lines {
      let again = (try? line.json()).flatMap {
        try? JSONDecoder().decode(StrokeLine.self, from: Data($0))
      }
      precondition(again == line, "a line is not what is written of it")
    }
    var history = DraftHistory(width: 7, height: 5, strokes: strokes.lines.map(\.stroke))
    let (cells, count) = (history.labels, history.undoCount)
    precondition(
      cells.cells.values.reduce(0) { $0 + $1.area } == cells.mask.area,
      "cells and their mask differ")
    while history.canUndo { history.apply(.undo) }
    precondition(history.labels.cells.isEmpty && history.mask.area == 0, "undoing all leaves cells")
    for _ in 0..<count { history.apply(.redo) }
    precondition(history.labels == cells, "what is done again gives other cells")
    _ = JournalContents<Decision>(bytes)
  }
}

import Basics
import Imaging
import Screen

extension CellOutcome.Kind {
  /// What is shown of several at one place comes first.
  static let worstFirst: [Self] = [.missed, .extra, .split, .merged, .found]

  /// Its colour.
  var role: Role {
    switch self {
    case .found: .truePositive
    case .missed: .falseNegative
    case .extra: .falsePositive
    case .split: .split
    case .merged: .merged
    }
  }

  /// How a legend shows its pattern.
  var mark: String {
    switch self {
    case .found: "░"
    case .missed: "█"
    case .extra: "▚"
    case .split: "▌"
    case .merged: "▀"
    }
  }

  /// What it is called where there is little room.
  var shortTitle: String {
    switch self {
    case .missed: "miss"
    case .merged: "merge"
    case .found: "ok"
    case .extra, .split: rawValue
    }
  }

  /// Whether a dot in a column and a row is of its pattern's full colour.
  ///
  /// Missed cells are full, extra ones checked, split ones striped from top to bottom, merged ones from side to side,
  /// those that were found only tinted.
  func isInked(column: Int, row: Int) -> Bool {
    switch self {
    case .found: false
    case .missed: true
    case .extra: !(column + row).isMultiple(of: 2)
    case .split: column.isMultiple(of: 2)
    case .merged: row.isMultiple(of: 2)
    }
  }
}

extension CellOutcome {
  /// Which cell it is of: `split: cell 12 in 2`, `merged: cells 3 4`.
  var text: String {
    switch (kind, side) {
    case (.split, .truth): "split: cell \(label) in \(others.count)"
    case (.merged, .prediction):
      "merged: cells " + others.map { String($0) }.joined(separator: " ")
    default: "\(kind.rawValue): cell \(label)"
    }
  }

  /// The largest IoU with a cell of the other picture; empty where none overlaps it.
  var iouText: String { iou > 0 ? NumberText.hundredths(iou) : "" }
}

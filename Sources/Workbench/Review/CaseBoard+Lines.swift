extension CaseBoard {
  /// A line of the list.
  enum Line: Equatable, Sendable {
    /// The heading of a group.
    case heading(trainedOn: Bool)
    /// A case, by its place in `rows`.
    case row(Int)
  }

  /// The list with a heading over each group.
  var lines: [Line] {
    var lines: [Line] = []
    for (index, row) in rows.enumerated() {
      if index == 0 || rows[index - 1].trainedOn != row.trainedOn {
        lines.append(.heading(trainedOn: row.trainedOn))
      }
      lines.append(.row(index))
    }
    return lines
  }

  /// The case on a line.
  func row(onLine line: Int) -> Int? {
    guard lines.indices.contains(line), case .row(let row) = lines[line] else { return nil }
    return row
  }

  /// Chooses a case and moves the list of `height` lines so that it shows, with its heading if it
  /// is the first of its group.
  mutating func select(_ row: Int, height: Int) {
    selected = max(0, min(row, rows.count - 1))
    let lines = lines
    guard let line = lines.firstIndex(of: .row(selected)) else { return }
    let first = line > 0 && self.row(onLine: line - 1) == nil ? line - 1 : line
    top = max(0, min(top, first), line - height + 1)
  }
}

import Imaging
import Project

/// The cases of a review, those not trained on first and the worst first, with a heading over each
/// group.
struct CaseList: Equatable, Sendable {
  /// A line of the list.
  enum Line: Equatable, Sendable {
    /// The heading of a group.
    case heading(trainedOn: Bool)
    /// A case, by its place in `rows`.
    case row(Int)
  }

  /// The cases.
  let rows: [ReviewRow]
  /// The chosen row.
  var selected = 0
  /// The list with its headings.
  let lines: [Line]

  init(_ found: [ReviewRow] = []) {
    let rows = found.sorted {
      ($0.trainedOn ? 1 : 0, $0.iou, $0.image) < ($1.trainedOn ? 1 : 0, $1.iou, $1.image)
    }
    var lines: [Line] = []
    for (index, row) in rows.enumerated() {
      if index == 0 || rows[index - 1].trainedOn != row.trainedOn {
        lines.append(.heading(trainedOn: row.trainedOn))
      }
      lines.append(.row(index))
    }
    (self.rows, self.lines) = (rows, lines)
  }

  /// The chosen case.
  var chosen: ReviewRow? { rows.indices.contains(selected) ? rows[selected] : nil }

  /// The case on a line.
  func row(onLine line: Int) -> Int? {
    guard lines.indices.contains(line), case .row(let row) = lines[line] else { return nil }
    return row
  }
}

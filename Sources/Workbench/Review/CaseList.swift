import Imaging
import Project

/// The cases of a review, those not trained on and the worst first, a heading over each group.
struct CaseList: Equatable, Sendable {
  enum Line: Equatable, Sendable {
    case heading(trainedOn: Bool)
    /// A case, by its place in `rows`.
    case row(Int)
  }

  let rows: [ImageScore]
  var selected = 0
  let lines: [Line]

  init(_ found: [ImageScore] = []) {
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

  var chosen: ImageScore? { rows.indices.contains(selected) ? rows[selected] : nil }

  func row(onLine line: Int) -> Int? {
    guard lines.indices.contains(line), case .row(let row) = lines[line] else { return nil }
    return row
  }
}

import Screen

/// Where things are on the screen: what views draw into and the mouse points at.
struct Layout: Equatable {
  /// The title line with the tabs.
  let title: Rect
  /// The list of images or cases; empty where there is no room.
  let list: Rect
  /// The image.
  let picture: Rect
  /// Figures and settings beside it; empty where there is none.
  let panel: Rect
  /// Between the title and the status line.
  let body: Rect
  /// The line for notices and the run.
  let status: Rect
  /// The line of the most used keys.
  let hints: Rect

  /// Lays the shown screen out.
  init(_ model: Model) {
    let columns = max(0, model.size.columns)
    let rows = max(0, model.size.rows)
    title = Rect(column: 0, row: 0, columns: columns, rows: min(1, rows))
    body = Rect(column: 0, row: 1, columns: columns, rows: rows - 3)
    status = Rect(column: 0, row: rows - 2, columns: columns, rows: rows > 2 ? 1 : 0)
    hints = Rect(column: 0, row: rows - 1, columns: columns, rows: rows > 1 ? 1 : 0)
    var listColumns = 0
    var panelColumns = 0
    switch model.tab {
    case .queue: listColumns = columns < 100 ? 38 : min(64, columns * 2 / 5)
    case .annotate:
      listColumns = columns < 112 ? 0 : min(40, columns / 4)
      panelColumns = columns < 112 ? 20 : 26
    case .train, .scores: break
    case .curves: listColumns = columns < 100 ? 28 : 40
    case .review, .panes: listColumns = columns < 112 ? 0 : 34
    }
    // The list has a line of headings over it.
    list = Rect(
      column: 0, row: body.origin.row + 1, columns: listColumns,
      rows: listColumns == 0 ? 0 : body.size.rows - 1)
    let left = listColumns == 0 ? 0 : listColumns + 1
    let right = panelColumns == 0 ? 0 : panelColumns + 1
    let top = model.tab == .annotate ? 0 : 1
    picture = Rect(
      column: left, row: body.origin.row + top, columns: columns - left - right,
      rows: body.size.rows - top)
    panel = Rect(
      column: columns - panelColumns, row: body.origin.row, columns: panelColumns,
      rows: body.size.rows)
  }

  /// The four panes of the review: two by two or side by side, whichever shows more.
  func panes() -> [Rect] {
    let width = picture.size.columns
    let height = picture.size.rows
    let row = min(width / 4, (height - 1) * 2)
    let square = min(width / 2, (height / 2 - 1) * 2)
    let across = row * 3 > square * 4 ? 4 : 2
    let down = 4 / across
    return (0..<4).map { index in
      let left = (index % across) * width / across
      let right = (index % across + 1) * width / across
      let top = (index / across) * height / down
      let bottom = (index / across + 1) * height / down
      return Rect(
        column: picture.origin.column + left, row: picture.origin.row + top,
        columns: right - left - 1, rows: bottom - top)
    }
  }
}

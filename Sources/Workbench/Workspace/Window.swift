import Screen

/// The terminal's window, which all screens share: size, colours, clock, notices, the box over it.
struct Window: ScreenContext {
  var size: Size
  var theme: Theme
  /// What the terminal can show.
  var colorDepth: ColorDepth
  /// Seconds since 1970, as of the last tick.
  var now = 0.0
  var notices = Notices()
  /// How pictures are shown, on all screens alike.
  var display = DisplaySettings()
  var box: (any BoxPart)?
  /// What the box was answered, until the workspace carries it out.
  var answer: BoxAnswer?
  /// Whether the button went down twice in the same place, just now.
  private(set) var isDoubleClick = false
  private var lastPress: (point: Point, time: Double)?

  /// Two presses of a button in one place within so many seconds are a double click.
  static let doubleClick = 0.5

  init(size: Size, theme: Theme, colorDepth: ColorDepth) {
    self.size = size
    self.theme = theme
    self.colorDepth = colorDepth
  }

  /// Itself, so that what needs nothing but the window can be written for it.
  var window: Window {
    get { self }
    set { self = newValue }
  }

  /// Whether it is too small to show anything.
  var isTooSmall: Bool { size.columns < 60 || size.rows < 16 }

  /// Tells double clicks from single ones.
  mutating func notePress(_ mouse: Mouse) {
    guard mouse.action == .press, mouse.button == .left else { return }
    isDoubleClick =
      lastPress.map { $0.point == mouse.point && now - $0.time <= Self.doubleClick } ?? false
    lastPress = isDoubleClick ? nil : (mouse.point, now)
  }
}

extension Window {
  private var columns: Int { max(0, size.columns) }
  private var rows: Int { max(0, size.rows) }

  /// The line with the tabs.
  var titleLine: Rect { Rect(column: 0, row: 0, columns: columns, rows: min(1, rows)) }

  /// Between the title and the status line: the screen's.
  var body: Rect { Rect(column: 0, row: 1, columns: columns, rows: rows - 3) }

  /// The line for notices and the run.
  var statusLine: Rect {
    Rect(column: 0, row: rows - 2, columns: columns, rows: rows > 2 ? 1 : 0)
  }

  /// The line of the most used keys.
  var hintLine: Rect { Rect(column: 0, row: rows - 1, columns: columns, rows: rows > 1 ? 1 : 0) }

  /// A list of images where there is room for one, and panes beside it.
  var panesLayout: ListLayout { ListLayout(body, listColumns: size.columns < 112 ? 0 : 34) }

  /// Draws a title in the first line of a part of the screen.
  func drawTitle(_ text: String, _ role: Role = .title, in rect: Rect, into grid: inout Grid) {
    grid.write(
      text.fitted(to: rect.size.columns), column: rect.origin.column, row: rect.origin.row,
      style: theme.style(role, bold: true))
  }

  /// Draws lines below each other, as many as fit; a title is bold.
  func drawLines(_ lines: [(String, Role)], in rect: Rect, into grid: inout Grid) {
    for (row, (text, role)) in zip(rect.rows, lines) {
      grid.write(
        text.fitted(to: rect.size.columns), column: rect.origin.column, row: row,
        style: theme.style(role, bold: role == .title))
    }
  }

  /// Draws a list under its title where there is room, with a line between it and what is beside it.
  func drawList(_ list: Table, _ title: String, in layout: ListLayout, into grid: inout Grid) {
    guard !layout.list.isEmpty else { return }
    drawTitle(title, in: layout.heading, into: &grid)
    grid.draw(list, in: layout.list, theme: theme)
    drawRule(after: layout.list, into: &grid)
  }

  /// Draws a line between a list and what is beside it.
  func drawRule(after list: Rect, into grid: inout Grid) {
    guard !list.isEmpty else { return }
    for row in body.rows {
      grid.write("│", column: list.columns.upperBound, row: row, style: theme.style(.border))
    }
  }

  /// Draws a few words where something would stand that is not there.
  func drawEmpty(_ text: String, in rect: Rect, _ role: Role = .dim, into grid: inout Grid) {
    grid.draw(TextBlock(text, role: role), in: rect, theme: theme)
  }
}

/// A body with a list at its left, which has a line of headings over it, and a picture beside it.
struct ListLayout {
  /// The list's rows; empty where there is no room for a list.
  let list: Rect
  /// The line over the list's rows.
  let heading: Rect
  /// What is beside the list, from the top on.
  let main: Rect

  init(_ body: Rect, listColumns: Int) {
    let (left, rest) = body.splitLeft(listColumns)
    (heading, list) = left.splitTop(listColumns == 0 ? 0 : 1)
    main = listColumns == 0 ? body : rest.splitLeft(1).rest
  }

  /// The picture below its heading.
  var picture: Rect { main.splitTop(1).rest }
}

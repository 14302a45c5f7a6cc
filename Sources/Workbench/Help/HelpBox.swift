import Screen

/// The keys of a screen, over it; as a palette its chosen line can be carried out.
struct HelpBox: BoxPart {
  /// What its own keys do.
  enum Command: Sendable {
    case close, run
    case move(Int)
  }

  /// The screen's name.
  let title: String
  /// What the keys do, as things stood when it was opened; in a palette a command each.
  let lines: [KeyLine]
  /// Whether Enter carries the chosen line out.
  let isPalette: Bool
  /// Only lines with this are shown.
  var filter = ""
  /// The first row shown; in a palette the chosen line.
  var top = 0

  init(title: String, lines: [KeyLine], isPalette: Bool) {
    self.title = title
    self.isPalette = isPalette
    let told = lines.filter { !$0.text.isEmpty && (!isPalette || !$0.keys.isEmpty) }
    self.lines = isPalette ? told.flatMap(\.commands) : told
  }

  var bindings: [Binding<Self>] {
    [
      Binding<Self>("Enter", [.enter], .run, "run").when { box, _ in box.isPalette },
      Binding<Self>("Esc", [.escape, .enter, .function(1), .control("p")], .close, "close"),
      Binding<Self>("?", .close, "close").when { box, _ in !box.isPalette },
      Binding<Self>("q", .close, "close").when { box, _ in !box.isPalette && box.filter.isEmpty },
      Binding<Self>("Up", [.up(shift: false), .up(shift: true)], .move(-1), "up"),
      Binding<Self>("Down", [.down(shift: false), .down(shift: true)], .move(1), "down"),
      Binding<Self>("PgUp", [.pageUp], .move(-10), "a page up"),
      Binding<Self>("PgDn", [.pageDown], .move(10), "a page down"),
    ]
  }

  var isTyping: Bool { true }

  mutating func type(_ change: (String) -> String, _ window: inout Window) {
    filter = change(filter)
    top = 0
  }

  mutating func perform(_ command: Command, _ window: inout Window) -> [Effect] {
    switch command {
    case .close: window.box = nil
    case .run: run(top, &window)
    case .move(let rows): top = max(0, min(top + rows, lastTop(window)))
    }
    return []
  }

  /// The wheel moves it, a click runs a line of the palette, one beside the box closes it.
  mutating func take(_ mouse: Mouse, _ window: inout Window) {
    switch (mouse.action, mouse.button) {
    case (.scrollUp, _): _ = perform(.move(-3), &window)
    case (.scrollDown, _): _ = perform(.move(3), &window)
    case (.press, .left):
      guard frame(window).contains(mouse.point) else {
        window.box = nil
        return
      }
      guard isPalette, let column = columns(window).first, column.contains(mouse.point) else {
        return
      }
      run(firstRow(column.size.rows) + mouse.point.row - column.origin.row, &window)
    default: break
    }
  }

  /// Its keys stand in its frame, as text.
  func hintLine(_ window: Window) -> Rect { Rect(column: 0, row: 0, columns: 0, rows: 0) }

  private mutating func run(_ row: Int, _ window: inout Window) {
    window.box = nil
    let shown = shown
    if shown.indices.contains(row) { window.answer = .choose(shown[row].presses[0].command) }
  }

  /// The lines that match the filter.
  private var shown: [KeyLine] {
    let wanted = filter.lowercased()
    return lines.filter { line in
      wanted.isEmpty || [line.label, line.text].contains { $0.lowercased().contains(wanted) }
    }
  }

  /// A row of the help as drawn: a key with its text, or what did not fit into the row above.
  private typealias Row = (label: String, text: String, isAvailable: Bool)

  /// Columns for the keys before their texts.
  private static let labelColumns = 10

  /// The rows of the help, wrapped; those of a palette are one command each.
  private func rows(columns: Int) -> [Row] {
    let room = max(1, columns - Self.labelColumns)
    return shown.flatMap { line in
      let texts = isPalette ? [line.text] : TextBlock.wrap(line.text, columns: room)
      return texts.enumerated().map {
        (label: $0 == 0 ? line.label : "", text: $1, isAvailable: line.isAvailable)
      }
    }
  }

  /// The first row that shows where `height` fit.
  private func firstRow(_ height: Int) -> Int { isPalette ? max(0, top - height + 1) : top }

  /// How far it can be moved.
  private func lastTop(_ window: Window) -> Int {
    guard !isPalette else { return max(0, shown.count - 1) }
    let columns = columns(window)
    guard let first = columns.first else { return 0 }
    return max(0, rows(columns: first.size.columns).count - first.size.rows * columns.count)
  }

  /// The cells it takes.
  private func frame(_ window: Window) -> Rect {
    isPalette
      ? window.body.centered(
        Size(columns: min(60, window.size.columns - 4), rows: window.body.size.rows))
      : window.body.inset(columns: window.size.columns > 90 ? 8 : 2, rows: 0)
  }

  /// Its columns of keys.
  private func columns(_ window: Window) -> [Rect] {
    let inside = frame(window).inset().inset(columns: 1, rows: 0)
    return inside.sideBySide(isPalette ? 1 : inside.size.columns > 110 ? 3 : 2, gap: 2)
  }

  /// Draws the help or the palette.
  func draw(_ window: Window, into grid: inout Grid) {
    let theme = window.theme
    let frame = frame(window)
    let columns = columns(window)
    let height = columns[0].size.rows
    let rows = rows(columns: columns[0].size.columns)
    let title =
      (isPalette ? "Commands: " : "Keys: ") + title + (filter.isEmpty ? "" : " with \(filter)")
    let first = firstRow(height)
    let below = max(0, rows.count - first - height * columns.count)
    let scrolls = below > 0 ? "Down: \(below) more lines   " : first > 0 ? "Up: back   " : ""
    let footer =
      isPalette ? "type to filter   Enter run   Esc close" : scrolls + "type to filter   Esc close"
    grid.clear(frame, style: theme.style(.text))
    grid.draw(Panel(title: title, footer: footer), in: frame, theme: theme)
    for (index, row) in rows.dropFirst(first).prefix(height * columns.count).enumerated() {
      draw(
        row, isChosen: isPalette && first + index == top, in: columns[index / height],
        row: columns[0].origin.row + index % height, into: &grid, theme)
    }
  }

  private func draw(
    _ line: Row, isChosen: Bool, in column: Rect, row: Int, into grid: inout Grid, _ theme: Theme
  ) {
    let label = Self.labelColumns
    let text = line.text.fitted(to: column.size.columns - label)
    grid.write(
      line.label.padded(to: label), column: column.origin.column, row: row,
      style: isChosen
        ? theme.selected(bold: true) : theme.style(line.isAvailable ? .accent : .dim, bold: true))
    grid.write(
      isChosen ? text.padded(to: column.size.columns - label) : text,
      column: column.origin.column + label, row: row,
      style: isChosen ? theme.selected() : theme.style(line.isAvailable ? .text : .dim))
  }
}

extension KeyLine {
  /// A line for each of its commands.
  fileprivate var commands: [KeyLine] {
    presses.map {
      KeyLine(
        presses: [$0], separator: separator, text: $0.text ?? text, hint: nil,
        isAvailable: isAvailable)
    }
  }
}

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
  /// What the keys do, as things stood when it was opened.
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
    self.lines = lines.filter { !$0.text.isEmpty && (!isPalette || !$0.keys.isEmpty) }
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

  mutating func type(_ edit: TextEdit, _ window: inout Window) {
    filter = edit.applied(to: filter)
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

  var boxed: Box { .help(self) }

  /// Its keys stand in its frame, as text.
  func hintLine(_ window: Window) -> Rect { Rect(column: 0, row: 0, columns: 0, rows: 0) }

  private mutating func run(_ row: Int, _ window: inout Window) {
    let choices = choices
    window.box = nil
    if choices.indices.contains(row) { window.answer = .choose(choices[row].choice) }
  }

  /// The lines that match the filter.
  var shown: [KeyLine] { lines.filter { matches($0.label, $0.text) } }

  /// A line of the palette: a single command.
  private typealias Choice = (row: Row, choice: KeyLine.Choice)

  private var choices: [Choice] {
    lines.flatMap { line in
      line.presses.enumerated().map {
        (Row(label: $1.label, text: $1.text, isAvailable: line.isAvailable), line.choice($0))
      }
    }.filter { matches($0.row.label, $0.row.text) }
  }

  private func matches(_ label: String, _ text: String) -> Bool {
    let wanted = filter.lowercased()
    return wanted.isEmpty || label.lowercased().contains(wanted)
      || text.lowercased().contains(wanted)
  }

  /// A row of the help as drawn: a key with its text, or what did not fit into the row above.
  struct Row: Equatable {
    let label: String
    let text: String
    let isAvailable: Bool
  }

  /// Columns for the keys before their texts.
  static let labelColumns = 9

  /// The rows of the help, wrapped; those of a palette are one command each.
  func rows(columns: Int) -> [Row] {
    guard !isPalette else { return choices.map(\.row) }
    let room = max(1, columns - Self.labelColumns)
    return shown.flatMap { line in
      TextBlock.wrap(line.text, columns: room).enumerated().map {
        Row(label: $0 == 0 ? line.label : "", text: $1, isAvailable: line.isAvailable)
      }
    }
  }

  /// The first row that shows where `height` fit.
  func firstRow(_ height: Int) -> Int { isPalette ? max(0, top - height + 1) : top }

  /// How far it can be moved.
  private func lastTop(_ window: Window) -> Int {
    guard !isPalette else { return max(0, choices.count - 1) }
    let columns = columns(window)
    guard let first = columns.first else { return 0 }
    return max(0, rows(columns: first.size.columns).count - first.size.rows * columns.count)
  }

  /// The cells it takes.
  func frame(_ window: Window) -> Rect {
    isPalette
      ? window.body.centered(
        Size(columns: min(60, window.size.columns - 4), rows: window.body.size.rows))
      : window.body.inset(columns: window.size.columns > 90 ? 8 : 2, rows: 0)
  }

  /// Its columns of keys.
  func columns(_ window: Window) -> [Rect] {
    let inside = Panel.content(of: frame(window)).inset(columns: 1, rows: 0)
    return inside.sideBySide(isPalette ? 1 : inside.size.columns > 110 ? 3 : 2, gap: 2)
  }
}

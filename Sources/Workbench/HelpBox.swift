import Screen

/// The keys of a screen, over it; as a palette its chosen line can be carried out.
struct HelpBox: Equatable, Sendable {
  /// Whether Enter carries the chosen line out.
  var isPalette = false
  /// Only lines with this are shown.
  var filter = ""
  /// The first line shown; in a palette the chosen line.
  var top = 0
}

extension Model {
  /// The lines of the help that match its filter.
  func helpLines(_ box: HelpBox) -> [Binding] {
    let wanted = box.filter.lowercased()
    return Keymap.bindings(on: tab).filter {
      takes($0.command) && !(box.isPalette && $0.keys.isEmpty)
    }.filter {
      wanted.isEmpty || $0.label.lowercased().contains(wanted)
        || $0.text.lowercased().contains(wanted)
    }
  }

  /// Keys while the help is shown: letters filter.
  mutating func takeInHelp(_ key: Key) -> [Effect] {
    guard var box = help else { return [] }
    let lines = helpLines(box)
    let last = max(0, lines.count - 1)
    switch key {
    case .enter where box.isPalette:
      help = nil
      return lines.indices.contains(box.top) ? perform(lines[box.top].command) : []
    case .escape, .enter, .function(1), .control("p"):
      help = nil
      return []
    case .character("?") where !box.isPalette,
      .character("q") where !box.isPalette && box.filter.isEmpty:
      help = nil
      return []
    case .character(let character):
      box.filter += String(character)
      box.top = 0
    case .backspace:
      box.filter = String(box.filter.dropLast())
      box.top = 0
    case .up: box.top = max(0, box.top - 1)
    case .down: box.top = min(box.isPalette ? last : helpEnd(box), box.top + 1)
    case .pageUp: box.top = max(0, box.top - 10)
    case .pageDown: box.top = min(box.isPalette ? last : helpEnd(box), box.top + 10)
    case .control("z"): return [.suspend]
    case .control("l"): return [.redraw]
    default: break
    }
    help = box
    return []
  }

  /// Draws the help or the palette.
  func drawHelp(_ box: HelpBox, _ layout: Layout, into grid: inout Grid) {
    let frame = helpFrame(box, layout)
    let columns = helpColumns(box, frame)
    let height = columns[0].size.rows
    let rows = helpRows(box, columns: columns[0].size.columns)
    let verb = box.isPalette ? "Commands" : "Keys"
    let title = "\(verb): \(tab.title)" + (box.filter.isEmpty ? "" : " with \(box.filter)")
    let first = box.isPalette ? max(0, box.top - height + 1) : box.top
    let below = max(0, rows.count - first - height * columns.count)
    var footer = box.isPalette ? "type to filter   Enter run   Esc close" : ""
    if !box.isPalette {
      let scrolls = below > 0 ? "Down: \(below) more lines   " : first > 0 ? "Up: back   " : ""
      footer = scrolls + "type to filter   Esc close"
    }
    grid.clear(frame, style: theme.style(.text))
    grid.draw(Panel(title: title, footer: footer, isFocused: true), in: frame, theme: theme)
    for (index, line) in rows.dropFirst(first).prefix(height * columns.count).enumerated() {
      drawHelpRow(
        line, isChosen: box.isPalette && first + index == box.top, in: columns[index / height],
        row: columns[0].origin.row + index % height, into: &grid)
    }
  }

  /// A line of the help as drawn: a key with its text, or what did not fit into the line above.
  private typealias HelpRow = (label: String, text: String)

  /// Columns for the keys before their texts.
  private static var helpLabelColumns: Int { 9 }

  private func helpFrame(_ box: HelpBox, _ layout: Layout) -> Rect {
    box.isPalette
      ? layout.body.centered(
        Size(columns: min(60, size.columns - 4), rows: layout.body.size.rows))
      : layout.body.inset(columns: size.columns > 90 ? 8 : 2, rows: 0)
  }

  private func helpColumns(_ box: HelpBox, _ frame: Rect) -> [Rect] {
    let inside = Panel.content(of: frame).inset(columns: 1, rows: 0)
    let count = box.isPalette ? 1 : inside.size.columns > 110 ? 3 : 2
    return inside.sideBySide(count, gap: 2)
  }

  /// The lines of the help, wrapped; those of a palette are one row each.
  private func helpRows(_ box: HelpBox, columns: Int) -> [HelpRow] {
    let room = max(1, columns - Self.helpLabelColumns)
    return helpLines(box).flatMap { line -> [HelpRow] in
      guard !box.isPalette else { return [(line.label, line.text)] }
      return TextBlock.wrap(line.text, columns: room).enumerated()
        .map { ($0 == 0 ? line.label : "", $1) }
    }
  }

  /// How far the help can be moved up.
  private func helpEnd(_ box: HelpBox) -> Int {
    let columns = helpColumns(box, helpFrame(box, Layout(self)))
    guard let first = columns.first else { return 0 }
    let rows = helpRows(box, columns: first.size.columns).count
    return max(0, rows - first.size.rows * columns.count)
  }

  private func drawHelpRow(
    _ line: HelpRow, isChosen: Bool, in column: Rect, row: Int, into grid: inout Grid
  ) {
    let label = Self.helpLabelColumns
    let text = line.text.fitted(to: column.size.columns - label)
    grid.write(
      line.label.padded(to: label), column: column.origin.column, row: row,
      style: isChosen ? theme.selected(bold: true) : theme.style(.accent, bold: true))
    grid.write(
      isChosen ? text.padded(to: column.size.columns - label) : text,
      column: column.origin.column + label, row: row,
      style: isChosen ? theme.selected() : theme.style(.text))
  }
}

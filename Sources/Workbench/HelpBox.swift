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
    return Keymap.bindings(on: tab).filter { !(box.isPalette && $0.keys.isEmpty) }.filter {
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
    case .down: box.top = min(last, box.top + 1)
    case .pageUp: box.top = max(0, box.top - 10)
    case .pageDown: box.top = min(last, box.top + 10)
    case .control("z"): return [.suspend]
    case .control("l"): return [.redraw]
    default: break
    }
    help = box
    return []
  }

  /// Draws the help or the palette.
  func drawHelp(_ box: HelpBox, _ layout: Layout, into grid: inout Grid) {
    let narrow = Size(columns: min(60, size.columns - 4), rows: layout.body.size.rows)
    let frame =
      box.isPalette
      ? layout.body.centered(narrow)
      : layout.body.inset(columns: size.columns > 90 ? 8 : 2, rows: 0)
    let verb = box.isPalette ? "Commands" : "Keys"
    let title = "\(verb): \(tab.title)" + (box.filter.isEmpty ? "" : " with \(box.filter)")
    let footer =
      box.isPalette ? "type to filter   Enter run   Esc close" : "type to filter   Esc close"
    grid.clear(frame, style: theme.style(.text))
    grid.draw(Panel(title: title, footer: footer, isFocused: true), in: frame, theme: theme)
    let inside = Panel.content(of: frame).inset(columns: 1, rows: 0)
    let height = max(1, inside.size.rows)
    let count = box.isPalette ? 1 : inside.size.columns > 110 ? 3 : 2
    let columns = inside.sideBySide(count, gap: 2)
    let first = box.isPalette ? max(0, box.top - height + 1) : box.top
    for (index, line) in helpLines(box).dropFirst(first).prefix(height * count).enumerated() {
      let column = columns[index / height]
      let isChosen = box.isPalette && first + index == box.top
      drawHelpLine(
        line, isChosen: isChosen, in: column, row: inside.origin.row + index % height, into: &grid)
    }
  }

  private func drawHelpLine(
    _ line: Binding, isChosen: Bool, in column: Rect, row: Int, into grid: inout Grid
  ) {
    let labelColumns = 9
    let text = line.text.fitted(to: column.size.columns - labelColumns)
    grid.write(
      line.label.padded(to: labelColumns), column: column.origin.column, row: row,
      style: isChosen ? theme.selected(bold: true) : theme.style(.accent, bold: true))
    grid.write(
      isChosen ? text.padded(to: column.size.columns - labelColumns) : text,
      column: column.origin.column + labelColumns, row: row,
      style: isChosen ? theme.selected() : theme.style(.text))
  }
}

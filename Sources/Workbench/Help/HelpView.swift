import Screen

extension HelpBox {
  /// Draws the help or the palette.
  func draw(_ window: Window, into grid: inout Grid) {
    let theme = window.theme
    let frame = frame(window)
    let columns = columns(window)
    let height = columns[0].size.rows
    let rows = rows(columns: columns[0].size.columns)
    let verb = isPalette ? "Commands" : "Keys"
    let title = "\(verb): \(title)" + (filter.isEmpty ? "" : " with \(filter)")
    let first = firstRow(height)
    let below = max(0, rows.count - first - height * columns.count)
    var footer = isPalette ? "type to filter   Enter run   Esc close" : ""
    if !isPalette {
      let scrolls = below > 0 ? "Down: \(below) more lines   " : first > 0 ? "Up: back   " : ""
      footer = scrolls + "type to filter   Esc close"
    }
    grid.clear(frame, style: theme.style(.text))
    grid.draw(Panel(title: title, footer: footer, isFocused: true), in: frame, theme: theme)
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

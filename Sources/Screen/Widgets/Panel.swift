/// A frame with a title, round other widgets.
public struct Panel: Widget {
  /// Set into the upper edge.
  public var title: String
  /// Set into the lower edge, at the right.
  public var footer: String

  /// Makes a frame.
  public init(title: String, footer: String = "") {
    self.title = title
    self.footer = footer
  }

  /// Draws the frame; what is inside stays as it was.
  public func draw(in rect: Rect, into grid: inout Grid, theme: Theme) {
    drawFrame(
      in: rect, into: &grid, style: theme.style(.accent),
      titleStyle: theme.style(.title, bold: true), footerStyle: theme.style(.dim))
  }

  func drawFrame(
    in rect: Rect, into grid: inout Grid, style: Style, titleStyle: Style, footerStyle: Style
  ) {
    guard rect.size.columns >= 2, rect.size.rows >= 2 else { return }
    let line = String(repeating: "─", count: rect.size.columns - 2)
    let left = rect.origin.column
    let right = rect.columns.upperBound - 1
    let bottom = rect.rows.upperBound - 1
    grid.write("┌" + line + "┐", column: left, row: rect.origin.row, style: style)
    for row in rect.rows.dropFirst().dropLast() {
      grid.write("│", column: left, row: row, style: style)
      grid.write("│", column: right, row: row, style: style)
    }
    grid.write("└" + line + "┘", column: left, row: bottom, style: style)
    let room = rect.size.columns - 6
    guard room > 0 else { return }
    if !title.isEmpty {
      grid.write(
        " \(title.fitted(to: room)) ", column: left + 1, row: rect.origin.row, style: titleStyle)
    }
    if !footer.isEmpty {
      let text = " \(footer.fitted(to: room)) "
      grid.write(text, column: right - text.columns, row: bottom, style: footerStyle)
    }
  }
}

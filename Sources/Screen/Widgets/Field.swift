/// A row in which text is typed, after a prompt.
public struct Field: Widget {
  /// What stands before it.
  public var prompt: String
  /// What has been typed.
  public var text: String
  /// Shown in place of an empty text.
  public var hint: String

  /// Makes a field.
  public init(prompt: String, text: String, hint: String = "") {
    self.prompt = prompt
    self.text = text
    self.hint = hint
  }

  /// Draws the first row, the end of the text in view, and puts the cursor after it.
  public func draw(in rect: Rect, into grid: inout Grid, theme: Theme) {
    let line = rect.splitTop(1).top
    guard !line.isEmpty else { return }
    grid.clear(line, style: theme.style(.text, on: .panel))
    let (left, rest) = line.splitLeft(prompt.columns)
    grid.write(
      prompt, column: left.origin.column, row: left.origin.row,
      style: theme.style(.accent, on: .panel, bold: true), columns: left.size.columns)
    guard !rest.isEmpty else { return }
    let shown = text.fittedToEnd(of: rest.size.columns - 1)
    grid.write(
      text.isEmpty ? hint.fitted(to: rest.size.columns) : shown, column: rest.origin.column,
      row: rest.origin.row, style: theme.style(text.isEmpty ? .dim : .text, on: .panel),
      columns: rest.size.columns)
    grid.cursor = Point(column: rest.origin.column + shown.columns, row: rest.origin.row)
  }
}

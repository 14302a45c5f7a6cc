/// Lines of text, wrapped at words.
public struct TextBlock: Widget {
  /// The text; `\n` begins a line.
  public var text: String
  /// Its colour.
  public var role: Role
  /// What is behind it.
  public var background: Role

  /// Makes a text.
  public init(_ text: String, role: Role = .text, background: Role = .background) {
    self.text = text
    self.role = role
    self.background = background
  }

  /// The text's lines at a width; words longer than it are cut in two.
  public static func wrap(_ text: String, columns: Int) -> [String] {
    guard columns > 0 else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { wrapLine(String($0), columns: columns) }
  }

  private static func wrapLine(_ line: String, columns: Int) -> [String] {
    guard line.columns > columns else { return [line] }
    var lines: [String] = []
    var current = ""
    var width = 0
    func breakLine() {
      lines.append(current)
      (current, width) = ("", 0)
    }
    for word in line.split(separator: " ", omittingEmptySubsequences: false) {
      if width > 0, width + 1 + String(word).columns > columns { breakLine() }
      if width > 0 {
        current += " "
        width += 1
      }
      for character in word {
        let one = max(1, character.columns)
        if width + one > columns, width > 0 { breakLine() }
        current.append(character)
        width += one
      }
    }
    lines.append(current)
    return lines
  }

  /// Draws the lines that fit.
  public func draw(in rect: Rect, into grid: inout Grid, theme: Theme) {
    let lines = Self.wrap(text, columns: rect.size.columns)
    let style = theme.style(role, on: background)
    for (offset, line) in lines.prefix(rect.size.rows).enumerated() {
      grid.write(
        line, column: rect.origin.column, row: rect.origin.row + offset, style: style,
        columns: rect.size.columns)
    }
  }
}

/// All keys of a screen, in as many columns as fit, narrowed by a filter.
public struct Help: Widget {
  /// Keys that belong together.
  public struct Section: Hashable, Sendable {
    /// What they are for.
    public var title: String
    /// The keys.
    public var hints: [KeyHints.Hint]

    /// Makes a section.
    public init(_ title: String, _ hints: [KeyHints.Hint]) {
      self.title = title
      self.hints = hints
    }
  }

  /// What it is the help of.
  public var title: String
  /// The keys.
  public var sections: [Section]
  /// Only keys whose name or label holds this show.
  public var filter: String
  /// The first line that shows.
  public var scroll: Int

  /// Makes a help.
  public init(title: String, sections: [Section], filter: String = "", scroll: Int = 0) {
    self.title = title
    self.sections = sections
    self.filter = filter
    self.scroll = scroll
  }

  /// The sections with what the filter leaves of them.
  public var filtered: [Section] {
    guard !filter.isEmpty else { return sections }
    let wanted = filter.lowercased()
    return sections.compactMap { section in
      let hints = section.hints.filter {
        $0.key.lowercased().contains(wanted) || $0.label.lowercased().contains(wanted)
      }
      return hints.isEmpty ? nil : Section(section.title, hints)
    }
  }

  private enum Line {
    case title(String)
    case hint(KeyHints.Hint)
    case empty
  }

  private var lines: [Line] {
    let lines = filtered.flatMap { section in
      [.title(section.title)] + section.hints.map(Line.hint) + [.empty]
    }
    return Array(lines.dropLast())
  }

  /// Draws the help over what is there.
  public func draw(in rect: Rect, into grid: inout Grid, theme: Theme) {
    guard !rect.isEmpty else { return }
    grid.clear(rect, style: theme.style(.text))
    let isFramed = rect.size.columns >= 8 && rect.size.rows >= 4
    if isFramed {
      let footer = filter.isEmpty ? "/ filter   ? close" : "/\(filter)   Esc clear"
      Panel(title: title, footer: footer, isFocused: true)
        .draw(in: rect, into: &grid, theme: theme)
    }
    let inside = isFramed ? rect.inset(columns: 2, rows: 1) : rect
    guard !inside.isEmpty else { return }
    let shown = Array(lines.dropFirst(max(0, scroll)))
    let keyWidth = min(12, sections.flatMap(\.hints).map(\.key.columns).max() ?? 0)
    let needed = keyWidth + 2 + (sections.flatMap(\.hints).map(\.label.columns).max() ?? 0)
    let count = max(1, min((inside.size.columns + 3) / (needed + 3), 4))
    let columns = inside.sideBySide(count, gap: 3)
    for (index, line) in shown.prefix(inside.size.rows * count).enumerated() {
      let column = columns[index / inside.size.rows]
      let place = column.splitTop(index % inside.size.rows + 1).top.splitBottom(1).bottom
      draw(line, keyWidth: keyWidth, in: place, into: &grid, theme: theme)
    }
  }

  private func draw(
    _ line: Line, keyWidth: Int, in place: Rect, into grid: inout Grid, theme: Theme
  ) {
    let (left, row, room) = (place.origin.column, place.origin.row, place.size.columns)
    switch line {
    case .empty:
      break
    case .title(let text):
      grid.write(
        text.fitted(to: room), column: left, row: row, style: theme.style(.title, bold: true),
        columns: room)
    case .hint(let hint):
      grid.write(
        hint.key.padded(to: keyWidth), column: left, row: row,
        style: theme.style(.accent, bold: true), columns: room)
      let rest = room - keyWidth - 2
      grid.write(
        hint.label.fitted(to: rest), column: left + keyWidth + 2, row: row,
        style: theme.style(.text), columns: rest)
    }
  }
}

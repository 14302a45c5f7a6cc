/// A row that says which keys do what; as many as fit.
public struct KeyHints: Widget {
  /// A key and what it does.
  public struct Hint: Hashable, Sendable {
    /// The key as the user finds it: `u`, `Ctrl-R`, `F1`.
    public var key: String
    /// A word or two.
    public var label: String

    /// Makes a hint.
    public init(_ key: String, _ label: String) {
      self.key = key
      self.label = label
    }
  }

  /// The hints, the most needed first.
  public var hints: [Hint]

  /// Makes a row of hints.
  public init(_ hints: [Hint]) { self.hints = hints }

  /// The columns of the hints that fit, for the mouse.
  public func places(in rect: Rect) -> [Range<Int>] {
    var places: [Range<Int>] = []
    var column = rect.origin.column
    for hint in hints {
      let end = column + hint.key.columns + 1 + hint.label.columns
      guard end <= rect.columns.upperBound else { break }
      places.append(column..<end)
      column = end + 2
    }
    return places
  }

  /// Draws the first row.
  public func draw(in rect: Rect, into grid: inout Grid, theme: Theme) {
    let line = rect.splitTop(1).top
    guard !line.isEmpty else { return }
    grid.clear(line, style: theme.style(.dim, on: .panel))
    for (hint, place) in zip(hints, places(in: line)) {
      let column = place.lowerBound
      grid.write(
        hint.key, column: column, row: line.origin.row,
        style: theme.style(.accent, on: .panel, bold: true))
      grid.write(
        hint.label, column: column + hint.key.columns + 1, row: line.origin.row,
        style: theme.style(.dim, on: .panel))
    }
  }
}

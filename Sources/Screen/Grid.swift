/// A whole screen as a value: what a view returns and a back end shows.
///
/// Writes outside are dropped, so that views need not care how small a window is.
public struct Grid: Equatable, Sendable {
  /// The extent in cells.
  public let size: Size
  /// `rows * columns` cells, row by row.
  public private(set) var cells: [Cell]

  /// A screen of spaces.
  public init(size: Size, style: Style) {
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    cells = Array(repeating: Cell(" ", style), count: self.size.columns * self.size.rows)
  }

  /// All of the screen.
  public var bounds: Rect { Rect(column: 0, row: 0, columns: size.columns, rows: size.rows) }

  /// The cell at a place; outside, reading gives nil and writing does nothing.
  public subscript(column: Int, row: Int) -> Cell? {
    get { index(column, row).map { cells[$0] } }
    set { if let newValue, let index = index(column, row) { cells[index] = newValue } }
  }

  private func index(_ column: Int, _ row: Int) -> Int? {
    guard column >= 0, column < size.columns, row >= 0, row < size.rows else { return nil }
    return row * size.columns + column
  }

  /// Writes a line of text from a place on, cut at the right edge or after `columns` cells.
  ///
  /// A character of width 2 takes two cells, the second of which is `Cell.continuation`; control
  /// characters, which a file name may hold, show as `�`.
  public mutating func write(
    _ text: String, column: Int, row: Int, style: Style, columns: Int = .max
  ) {
    guard row >= 0, row < size.rows, columns > 0, column < size.columns else { return }
    let end = columns < size.columns - column ? column + columns : size.columns
    var place = column
    for character in text {
      let width = character.columns
      guard place + max(1, width) <= end else { return }
      self[place, row] = Cell(width == 0 ? "\u{FFFD}" : character, style)
      if width == 2 { self[place + 1, row] = Cell(Cell.continuation, style) }
      place += max(1, width)
    }
  }

  /// Makes a rectangle one cell over and over.
  public mutating func fill(_ rect: Rect, with cell: Cell) {
    let visible = rect.intersection(bounds)
    for row in visible.rows {
      for column in visible.columns { cells[row * size.columns + column] = cell }
    }
  }

  /// Makes a rectangle spaces of one style.
  public mutating func clear(_ rect: Rect, style: Style) {
    fill(rect, with: Cell(" ", style))
  }

  /// The characters of a row, without styles.
  public func text(row: Int) -> String {
    guard row >= 0, row < size.rows else { return "" }
    let line = cells[(row * size.columns)..<((row + 1) * size.columns)]
    return String(line.map(\.character).filter { $0 != Cell.continuation })
  }
}

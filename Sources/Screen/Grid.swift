/// A whole screen as a value: what a view returns and a back end shows.
///
/// Writes outside are dropped, so that views need not care how small a window is.
public struct Grid: Equatable, Sendable {
  /// The extent in cells.
  public let size: Size
  /// `rows * columns` cells, row by row.
  public private(set) var cells: [Cell]
  /// Where the terminal's cursor stands, if it is shown.
  public var cursor: Point?

  /// A screen of spaces.
  public init(size: Size, style: Style) {
    self.size = size
    cells = Array(repeating: Cell(" ", style), count: max(0, size.columns) * max(0, size.rows))
  }

  /// The cell at a place; outside, reading gives nil and writing does nothing.
  public subscript(column: Int, row: Int) -> Cell? {
    get {
      guard column >= 0, column < size.columns, row >= 0, row < size.rows else { return nil }
      return cells[row * size.columns + column]
    }
    set {
      guard let newValue, column >= 0, column < size.columns, row >= 0, row < size.rows else {
        return
      }
      cells[row * size.columns + column] = newValue
    }
  }

  /// Writes a line of text from a place on, cut at the right edge.
  public mutating func write(_ text: String, column: Int, row: Int, style: Style) {
    for (offset, character) in text.enumerated() {
      guard column + offset < size.columns else { return }
      self[column + offset, row] = Cell(character, style)
    }
  }
}

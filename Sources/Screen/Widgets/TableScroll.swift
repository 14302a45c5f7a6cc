/// Which row of a table is the first on the screen.
///
/// It follows the chosen row where that changes, and otherwise stays where the wheel put it.
public struct TableScroll: Equatable, Sendable {
  /// The first row that shows.
  public private(set) var first = 0
  private var followed: Int?
  private var visible = 0

  /// Begins at the first row.
  public init() {}

  /// Moves as little as shows the chosen row, if another one is chosen or another number of rows fits.
  ///
  /// - Parameters:
  ///   - row: the chosen row.
  ///   - count: rows in all.
  ///   - visible: rows that fit.
  ///   - lead: rows above the chosen one that should show with it, such as a heading.
  ///   - isMoved: whether the row is the one that was chosen before, at another place: it stays where
  ///     it is on the screen, where that can be.
  public mutating func follow(
    _ row: Int?, of count: Int, visible: Int, lead: Int = 0, isMoved: Bool = false
  ) {
    let visible = max(1, visible)
    if let row, row != followed || visible != self.visible {
      if isMoved, let followed { first += row - followed }
      first = max(min(first, row - lead), row - visible + 1)
    }
    followed = row
    self.visible = visible
    keepInside(count)
  }

  /// Moves by rows, whatever row is chosen.
  public mutating func scroll(by rows: Int, of count: Int) {
    first += rows
    keepInside(count)
  }

  private mutating func keepInside(_ count: Int) { first = max(0, min(first, count - visible)) }
}

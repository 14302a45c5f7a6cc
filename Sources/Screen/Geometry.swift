/// An extent of the screen in cells.
public struct Size: Hashable, Sendable {
  /// Cells in a row.
  public var columns: Int
  /// Rows.
  public var rows: Int

  /// Makes a size.
  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A cell's place, from the top left.
public struct Point: Hashable, Sendable {
  /// Cells from the left.
  public var column: Int
  /// Cells from the top.
  public var row: Int

  /// Makes a point.
  public init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// A rectangle of cells.
public struct Rect: Hashable, Sendable {
  /// The top left cell.
  public var origin: Point
  /// The extent; never negative.
  public var size: Size

  /// Makes a rectangle; negative extents become 0.
  public init(column: Int, row: Int, columns: Int, rows: Int) {
    origin = Point(column: column, row: row)
    size = Size(columns: max(0, columns), rows: max(0, rows))
  }

  /// Whether a cell lies inside.
  public func contains(_ point: Point) -> Bool {
    columns.contains(point.column) && rows.contains(point.row)
  }

  /// The columns that it covers.
  public var columns: Range<Int> { origin.column..<(origin.column + size.columns) }

  /// The rows that it covers.
  public var rows: Range<Int> { origin.row..<(origin.row + size.rows) }

  /// Whether it has no cell.
  public var isEmpty: Bool { size.columns == 0 || size.rows == 0 }

  /// What both cover.
  public func intersection(_ other: Rect) -> Rect {
    let columns = columns.clamped(to: other.columns)
    let rows = rows.clamped(to: other.rows)
    return Rect(
      column: columns.lowerBound, row: rows.lowerBound, columns: columns.count, rows: rows.count)
  }

  /// The rectangle without a margin on each side.
  public func inset(columns: Int = 1, rows: Int = 1) -> Rect {
    Rect(
      column: origin.column + min(columns, size.columns / 2),
      row: origin.row + min(rows, size.rows / 2),
      columns: size.columns - 2 * columns, rows: size.rows - 2 * rows)
  }

  /// The upper rows, at most `count`, and the rest.
  public func splitTop(_ count: Int) -> (top: Rect, rest: Rect) {
    var (top, rest) = (self, self)
    top.size.rows = min(max(0, count), size.rows)
    rest.origin.row += top.size.rows
    rest.size.rows -= top.size.rows
    return (top, rest)
  }

  /// The lower rows, at most `count`, and the rest.
  public func splitBottom(_ count: Int) -> (bottom: Rect, rest: Rect) {
    let (top, rest) = splitTop(size.rows - min(max(0, count), size.rows))
    return (rest, top)
  }

  /// The left columns, at most `count`, and the rest.
  public func splitLeft(_ count: Int) -> (left: Rect, rest: Rect) {
    var (left, rest) = (self, self)
    left.size.columns = min(max(0, count), size.columns)
    rest.origin.column += left.size.columns
    rest.size.columns -= left.size.columns
    return (left, rest)
  }

  /// The right columns, at most `count`, and the rest.
  public func splitRight(_ count: Int) -> (right: Rect, rest: Rect) {
    let (left, rest) = splitLeft(size.columns - min(max(0, count), size.columns))
    return (rest, left)
  }

  /// Parts side by side, as even as whole cells allow, with `gap` columns between.
  public func sideBySide(_ count: Int, gap: Int = 0) -> [Rect] {
    guard count > 0 else { return [] }
    let free = max(0, size.columns - gap * (count - 1))
    return (0..<count).map { index in
      let left = free * index / count
      return Rect(
        column: origin.column + left + gap * index, row: origin.row,
        columns: free * (index + 1) / count - left, rows: size.rows
      ).intersection(self)
    }
  }

  /// A rectangle of at most `size` in the middle.
  public func centered(_ size: Size) -> Rect {
    let width = min(size.columns, self.size.columns)
    let height = min(size.rows, self.size.rows)
    return Rect(
      column: origin.column + (self.size.columns - width) / 2,
      row: origin.row + (self.size.rows - height) / 2, columns: width, rows: height)
  }
}

/// Rows with columns, one of them selected; scrolls so that it shows.
///
/// Rows are asked for only where they show, so a list of a whole project costs a screen of it.
public struct Table: Widget {
  /// A column.
  public struct Column: Hashable, Sendable {
    /// What stands above it.
    public var title: String
    /// Cells; nil shares what the others leave.
    public var width: Int?
    /// Whether numbers line up at the right.
    public var alignsRight: Bool

    /// Makes a column.
    public init(_ title: String = "", width: Int? = nil, alignsRight: Bool = false) {
      self.title = title
      self.width = width
      self.alignsRight = alignsRight
    }
  }

  /// One text of a row.
  public struct Item: Hashable, Sendable {
    /// The text.
    public var text: String
    /// Its colour where the row is not selected.
    public var role: Role

    /// Makes a text.
    public init(_ text: String, _ role: Role = .text) {
      self.text = text
      self.role = role
    }
  }

  /// The columns.
  public var columns: [Column]
  /// How many rows there are.
  public let count: Int
  /// The items of a row, one for each column.
  public let row: @Sendable (Int) -> [Item]
  /// The selected row.
  public var selected: Int?
  /// Whether titles stand above.
  public var hasHeader: Bool
  /// The first row that shows, as far as there are rows to fill the table.
  public var first: Int

  /// Makes a table of rows that are worked out where they show.
  public init(
    columns: [Column], count: Int, selected: Int?, hasHeader: Bool = true, first: Int,
    row: @escaping @Sendable (Int) -> [Item]
  ) {
    self.columns = columns
    self.count = count
    self.row = row
    self.selected = selected
    self.hasHeader = hasHeader
    self.first = first
  }

  /// The row at a cell, for the mouse; nil beside all rows.
  public func row(at point: Point, in rect: Rect) -> Int? {
    let body = body(of: rect)
    guard body.contains(point) else { return nil }
    let row = firstRow(visible: body.size.rows) + point.row - body.origin.row
    return (0..<count).contains(row) ? row : nil
  }

  /// The first row that shows where `visible` fit.
  public func firstRow(visible: Int) -> Int { min(max(0, count - visible), max(0, first)) }

  private func body(of rect: Rect) -> Rect { rect.splitTop(hasHeader ? 1 : 0).rest }

  /// Draws the rows that fit, and a bar at the right where they do not all.
  public func draw(in rect: Rect, into grid: inout Grid, theme: Theme) {
    guard !rect.isEmpty else { return }
    let body = body(of: rect)
    let first = firstRow(visible: body.size.rows)
    let scrolls = count > body.size.rows && rect.size.columns > 4
    let widths = widths(in: rect.size.columns - (scrolls ? 1 : 0))
    if hasHeader {
      let titles = columns.map { Item($0.title, .dim) }
      draw(titles, widths: widths, in: rect.splitTop(1).top, into: &grid) {
        theme.style($0.role)
      }
    }
    for offset in 0..<min(body.size.rows, max(0, count - first)) {
      let line = body.splitTop(offset + 1).top.splitBottom(1).bottom
      let isSelected = first + offset == selected
      if isSelected {
        let wide = scrolls ? line.splitRight(1).rest : line
        grid.clear(wide, style: theme.selected())
      }
      draw(row(first + offset), widths: widths, in: line, into: &grid) {
        isSelected ? theme.selected() : theme.style($0.role)
      }
    }
    if scrolls { drawBar(first: first, in: body, into: &grid, theme: theme) }
  }

  private func draw(
    _ items: [Item], widths: [Int], in line: Rect, into grid: inout Grid,
    style: (Item) -> Style
  ) {
    var column = line.origin.column
    for ((item, width), kind) in zip(zip(items, widths), columns) {
      let room = min(width, line.columns.upperBound - column)
      guard room > 0 else { return }
      grid.write(
        item.text.padded(to: room, alignedRight: kind.alignsRight), column: column,
        row: line.origin.row, style: style(item), columns: room)
      column += width + 1
    }
  }

  private func widths(in total: Int) -> [Int] {
    let fixed = columns.compactMap(\.width).reduce(0, +) + max(0, columns.count - 1)
    let flexible = columns.count { $0.width == nil }
    let free = max(0, total - fixed)
    var index = 0
    return columns.map { column in
      if let width = column.width { return max(0, width) }
      defer { index += 1 }
      return free * (index + 1) / flexible - free * index / flexible
    }
  }

  private func drawBar(first: Int, in body: Rect, into grid: inout Grid, theme: Theme) {
    let height = body.size.rows
    guard height > 0, count > height else { return }
    let length = max(1, height * height / count)
    let start = (height - length) * first / (count - height)
    for offset in 0..<height {
      let isThumb = offset >= start && offset < start + length
      grid.write(
        isThumb ? "█" : "│", column: body.columns.upperBound - 1, row: body.origin.row + offset,
        style: theme.style(isThumb ? .dim : .border))
    }
  }
}

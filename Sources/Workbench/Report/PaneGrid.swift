import Screen

extension Rect {
  /// Screen pixels of a picture's side below which a pane is not worth it.
  private static let leastSide = 16

  /// Panes side by side and below each other, as many of those wanted as are large enough, each with a
  /// title line over its picture.
  func panes(wanted: Int) -> [Rect] {
    for count in stride(from: wanted, to: 1, by: -1) {
      let across =
        (1...count).max { pictureSide(count, across: $0) < pictureSide(count, across: $1) } ?? count
      if pictureSide(count, across: across) >= Self.leastSide || count <= 3 {
        return tiles(count, across: across)
      }
    }
    return tiles(1, across: 1)
  }

  /// The side of a square picture in each of so many panes, in screen pixels of half a cell.
  private func pictureSide(_ count: Int, across: Int) -> Int {
    let down = (count + across - 1) / across
    return min(size.columns / across - 1, (size.rows / down - 1) * 2)
  }

  /// Panes of one size, row by row, with a column free after each.
  func tiles(_ count: Int, across: Int) -> [Rect] {
    let down = (count + across - 1) / across
    return (0..<count).map { index in
      let left = (index % across) * size.columns / across
      let right = (index % across + 1) * size.columns / across
      let top = (index / across) * size.rows / down
      let bottom = (index / across + 1) * size.rows / down
      return Rect(
        column: origin.column + left, row: origin.row + top, columns: right - left - 1,
        rows: bottom - top)
    }
  }
}

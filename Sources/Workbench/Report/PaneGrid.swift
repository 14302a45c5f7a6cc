import Screen

/// Panes of one size side by side and below each other, as many of those wanted as are large enough.
struct PaneGrid {
  private let area: Rect
  private let wanted: Int
  /// Screen pixels of a picture's side below which a pane is not worth it.
  static let least = 16

  init(area: Rect, wanted: Int) {
    self.area = area
    self.wanted = max(1, wanted)
  }

  /// The panes, a title line each over the picture.
  var panes: [Rect] {
    for count in stride(from: wanted, to: 1, by: -1) {
      let across = bestAcross(count)
      if side(count, across: across) >= Self.least || count <= 3 {
        return laidOut(count, across: across)
      }
    }
    return laidOut(1, across: 1)
  }

  private func bestAcross(_ count: Int) -> Int {
    (1...count).max { side(count, across: $0) < side(count, across: $1) } ?? count
  }

  /// The side of a square picture, in screen pixels of half a cell.
  private func side(_ count: Int, across: Int) -> Int {
    let down = (count + across - 1) / across
    return min(area.size.columns / across - 1, (area.size.rows / down - 1) * 2)
  }

  private func laidOut(_ count: Int, across: Int) -> [Rect] {
    let down = (count + across - 1) / across
    return (0..<count).map { index in
      let left = (index % across) * area.size.columns / across
      let right = (index % across + 1) * area.size.columns / across
      let top = (index / across) * area.size.rows / down
      let bottom = (index / across + 1) * area.size.rows / down
      return Rect(
        column: area.origin.column + left, row: area.origin.row + top, columns: right - left - 1,
        rows: bottom - top)
    }
  }
}

/// Where the outline of a polygon crosses the middles of pixel columns.
struct PolygonCrossings {
  /// How much larger than the image the outline is drawn.
  static let scale = 5.0

  let width: Int
  let height: Int
  private(set) var last: PixelPoint?
  /// Places, counted down the columns, from which on pixels lie on the outline's other side.
  private(set) var places: [Int] = []

  /// Follows a straight edge in steps of one enlarged pixel, the next edge beginning where it ends.
  mutating func add(from start: PixelPoint, to end: PixelPoint) {
    let isFlat = abs(end.x - start.x) >= abs(end.y - start.y)
    let count = max(abs(end.x - start.x), abs(end.y - start.y))
    let isBackward = isFlat ? start.x > end.x : start.y > end.y
    // An edge is drawn the same in both directions.
    let (low, high) = isBackward ? (end, start) : (start, end)
    let rise = Double(isFlat ? high.y - low.y : high.x - low.x)
    let slope = count == 0 ? 0 : rise / Double(count)
    for step in 0...count {
      let along = isBackward ? count - step : step
      let across = slope * Double(along)
      visit(
        isFlat
          ? PixelPoint(x: low.x + along, y: Int(Double(low.y) + across + 0.5))
          : PixelPoint(x: Int(Double(low.x) + across + 0.5), y: low.y + along))
    }
  }

  private mutating func visit(_ point: PixelPoint) {
    defer { last = point }
    guard let last, last.x != point.x else { return }
    let left = point.x < last.x ? point.x : point.x - 1
    let column = (Double(left) + 0.5) / Self.scale - 0.5
    guard column == column.rounded(.down), column >= 0, column <= Double(width - 1) else { return }
    let row = (Double(min(point.y, last.y)) + 0.5) / Self.scale - 0.5
    places.append(Int(column) * height + Int(min(max(row, 0), Double(height)).rounded(.up)))
  }
}

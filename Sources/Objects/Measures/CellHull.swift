import Imaging

/// The convex hull of a cell's pixels, and how far apart two parallel lines are that hold it between them.
///
/// A pixel reaches half a pixel up, down, left and right, a diamond, as for scikit-image's `convex_hull_image`. All
/// is counted in half pixels, which are whole numbers, so that no pixel at the hull's edge depends on rounding.
struct CellHull: Equatable, Sendable {
  /// The pixels whose middles lie in the hull or at its edge.
  let area: Int
  /// The largest distance of two points of the outline of those pixels, `feret_diameter_max` of scikit-image.
  let largestFeret: Double
  /// The smallest distance of two parallel lines between which that outline lies.
  let smallestFeret: Double

  /// The hull of runs of pixels that come row by row, in the box around them.
  init(of runs: ArraySlice<CellRuns.Run>, in box: PixelBox) {
    var lefts = [Int?](repeating: nil, count: box.rows.count)
    // Mirrored, so that they are found in the same way.
    var rights = lefts
    for run in runs {
      let row = run.y - box.rows.lowerBound
      let first = run.columns.lowerBound - box.columns.lowerBound
      let last = run.columns.upperBound - 1 - box.columns.lowerBound
      lefts[row] = min(lefts[row] ?? first, first)
      rights[row] = min(rights[row] ?? -last, -last)
    }
    let left = HullSide(lefts).firstPixels
    let right = HullSide(rights).firstPixels
    area = zip(left, right).reduce(0) { $0 - $1.0 - $1.1 + 1 }
    var corners = HullSide(left).corners
    for corner in HullSide(right).corners.reversed() {
      let corner = PixelPoint(x: -corner.x, y: corner.y)
      if corner != corners.last, corner != corners.first { corners.append(corner) }
    }
    let widths = Self.calipers(around: corners)
    largestFeret = Double(widths.largestSquare).squareRoot() / 2
    smallestFeret = widths.smallest / 2
  }

  /// Turns two parallel lines around a convex outline, one of them along each of its sides by turns (rotating calipers).
  ///
  /// The corners lead down the left side and up the right one, none on a line between its neighbours.
  private static func calipers(
    around corners: [PixelPoint]
  ) -> (largestSquare: Int, smallest: Double) {
    var (largest, smallest) = (0, Double.infinity)
    var far = 0
    for (place, a) in corners.enumerated() {
      let b = corners[(place + 1) % corners.count]
      let side = PixelPoint(x: b.x - a.x, y: b.y - a.y)
      func height(_ place: Int) -> Int {
        let point = corners[place % corners.count]
        return side.y * (point.x - a.x) - side.x * (point.y - a.y)
      }
      far = max(far, place + 1)
      while height(far + 1) > height(far) { far += 1 }
      let point = corners[far % corners.count]
      for end in [a, b] {
        let (x, y) = (point.x - end.x, point.y - end.y)
        largest = max(largest, x * x + y * y)
      }
      let length = Double(side.x * side.x + side.y * side.y).squareRoot()
      smallest = min(smallest, Double(height(far)) / length)
    }
    return (largest, smallest)
  }
}

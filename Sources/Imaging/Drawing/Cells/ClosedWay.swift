/// The way of a brush, its last point joined to its first.
struct ClosedWay {
  /// Farther outside of the picture nobody draws; bounds the rows that are looked at.
  private static let farthest = 1 << 16

  private let steps: [CellPen.Step]

  /// Takes the way of a pen.
  init(_ steps: [CellPen.Step]) { self.steps = steps }

  /// The pixels of a picture that the way covers or encloses.
  ///
  /// Enclosed is a pixel from which no way over edges leads out between covered ones; these may lie outside of the
  /// picture. A line of one pixel thus holds in all whose centres the outline winds around.
  func area(width: Int, height: Int) -> PixelRuns {
    let points = steps.map { step in
      PixelPoint(
        x: min(max(step.point.x, -Self.farthest), width + Self.farthest),
        y: min(max(step.point.y, -Self.farthest), height + Self.farthest))
    }
    let (xs, ys) = (points.map(\.x), points.map(\.y))
    guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max()
    else { return PixelRuns([], width: width) }
    let margin = Int(steps.reduce(0) { max($0, $1.brush.radius) }.rounded(.up)) + 1
    let frame = right - left + 2 * margin + 1
    let framed = points.map { PixelPoint(x: $0.x - left + margin, y: $0.y - top + margin) }
    let way = PixelRuns(
      framed.indices.flatMap { place in
        steps[place].brush.runs(
          from: framed[place == 0 ? framed.count - 1 : place - 1], to: framed[place],
          width: frame, height: bottom - top + 2 * margin + 1)
      }, width: frame)
    let inPicture = (way.runs + way.enclosed.runs).compactMap { run -> Range<Int>? in
      let row = run.lowerBound / frame + top - margin
      let start = run.lowerBound % frame + left - margin
      let columns = (start..<start + run.count).clamped(to: 0..<width)
      guard (0..<height).contains(row), !columns.isEmpty else { return nil }
      return row * width + columns.lowerBound..<row * width + columns.upperBound
    }
    return PixelRuns(inPicture, width: width)
  }
}

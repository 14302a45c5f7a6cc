/// Builds outlines of straight lines and Bézier curves.
struct CurvePath {
  /// How far the lines that stand for a curve lie from its control points at most, in pixels.
  static let flatness = 0.01
  /// How often a curve is halved at most.
  static let mostHalvings = 10
  /// More corners than this are no path that anybody drew.
  static let mostCorners = 1 << 20

  /// What was built, each outline as its corners; it closes by itself.
  private(set) var outlines: [[SIMD2<Double>]] = []

  private var pen = SIMD2<Double>()
  private var isClosed = false
  private var corners = 0

  /// Begins an outline.
  mutating func move(to point: SIMD2<Double>) {
    outlines.append([point])
    (pen, isClosed) = (point, false)
  }

  /// Goes straight to a point; false where no outline was begun, or there are too many corners.
  mutating func line(to point: SIMD2<Double>) -> Bool {
    guard !outlines.isEmpty, corners < Self.mostCorners else { return false }
    if isClosed { move(to: pen) }
    outlines[outlines.count - 1].append(point)
    corners += 1
    pen = point
    return true
  }

  /// Goes to a point on a curve of the second or third degree, by the points that it bends to; false where no outline
  /// was begun, or there are too many corners.
  mutating func curve(over controls: [SIMD2<Double>], to end: SIMD2<Double>) -> Bool {
    var pieces = [(points: [pen] + controls + [end], halvings: 0)]
    while let (points, halvings) = pieces.popLast() {
      guard halvings < Self.mostHalvings, !Self.isFlat(points) else {
        guard line(to: points[points.count - 1]) else { return false }
        continue
      }
      let (first, second) = Self.halves(of: points)
      pieces.append((second, halvings + 1))
      pieces.append((first, halvings + 1))
    }
    return true
  }

  /// Whether the points that a curve bends to lie near the line between its ends, as Java's paths judge it.
  private static func isFlat(_ points: [SIMD2<Double>]) -> Bool {
    let (start, end) = (points[0], points[points.count - 1])
    let along = end - start
    let square = (along * along).sum()
    return points[1..<points.count - 1].allSatisfy { point in
      let offset = point - start
      let share = square > 0 ? min(max((offset * along).sum() / square, 0), 1) : 0
      let gap = offset - share * along
      return (gap * gap).sum() < flatness * flatness
    }
  }

  /// The halves of a curve, by de Casteljau.
  private static func halves(
    of points: [SIMD2<Double>]
  ) -> ([SIMD2<Double>], [SIMD2<Double>]) {
    var (level, first, second) = (points, [points[0]], [points[points.count - 1]])
    while level.count > 1 {
      level = zip(level, level.dropFirst()).map { ($0 + $1) / 2 }
      first.append(level[0])
      second.append(level[level.count - 1])
    }
    return (first, second.reversed())
  }

  /// Ends an outline, from whose beginning the next one goes on unless it is moved; false where none was begun.
  mutating func close() -> Bool {
    guard let first = outlines.last?.first else { return false }
    (pen, isClosed) = (first, true)
    return true
  }
}

/// Contrast limited adaptive histogram equalization, CLAHE (Zuiderveld 1994), as OpenCV does it.
///
/// Every tile's histogram of 256 grey levels is clipped, what is cut off spread over all levels, and made a
/// curve; a pixel's new value lies between the curves of the four tiles around it.
///
/// Kept by hand: OpenCV has it, which would come for this filter alone.
public struct LocalEqualization: Equatable, Sendable {
  /// Height at which a level of a histogram is cut off, as a multiple of the mean height.
  public let clipLimit: Double

  /// Makes a filter; the limit is at least 1.
  public init(clipLimit: Double) { self.clipLimit = clipLimit }

  /// Tiles along each side.
  private static let tiles = 8
  private static let levels = 256

  /// A plane of 0...1 with its contrast evened out, within 0...1.
  ///
  /// Values between two of the 256 levels stay between those levels' new values.
  public func applied(to plane: [Float], side: Int) -> [Float] {
    let tiles = Self.tiles
    let tileSide = (side + tiles - 1) / tiles
    let curves = (0..<tiles * tiles).map { tile in
      curve(plane, side, x: tile % tiles * tileSide, y: tile / tiles * tileSide, tileSide)
    }
    let places = (0..<side).map { Place($0, tileSide) }
    var result = plane
    for (y, row) in places.enumerated() {
      for (x, column) in places.enumerated() {
        guard plane[y * side + x].isFinite else { continue }
        let scaled = Self.scaled(plane[y * side + x])
        func value(_ tileRow: Int, _ tileColumn: Int) -> Float {
          Self.value(of: scaled, on: curves[tileRow * tiles + tileColumn])
        }
        let above =
          value(row.before, column.before) * (1 - column.share)
          + value(row.before, column.after) * column.share
        let below =
          value(row.after, column.before) * (1 - column.share)
          + value(row.after, column.after) * column.share
        result[y * side + x] =
          (above * (1 - row.share) + below * row.share) / Float(Self.levels - 1)
      }
    }
    return result
  }

  /// What each level of a tile becomes; beyond the plane it is mirrored at the border's pixels.
  private func curve(
    _ plane: [Float], _ side: Int, x: Int, y: Int, _ tileSide: Int
  ) -> [Float] {
    func source(_ place: Int) -> Int {
      place < side ? place : max(0, 2 * (side - 1) - place)
    }
    var histogram = [Int](repeating: 0, count: Self.levels)
    for row in y..<y + tileSide {
      for column in x..<x + tileSide {
        let value = Self.scaled(plane[source(row) * side + source(column)])
        histogram[Int(value.rounded())] += 1
      }
    }
    let area = tileSide * tileSide
    clip(&histogram, at: max(1, Int(clipLimit * Double(area) / Double(Self.levels))))
    let scale = Float(Self.levels - 1) / Float(area)
    var sum = 0
    return histogram.map {
      sum += $0
      return min((Float(sum) * scale).rounded(.toNearestOrEven), Float(Self.levels - 1))
    }
  }

  private func clip(_ histogram: inout [Int], at limit: Int) {
    var excess = 0
    for level in histogram.indices where histogram[level] > limit {
      excess += histogram[level] - limit
      histogram[level] = limit
    }
    let share = excess / Self.levels
    var rest = excess % Self.levels
    for level in histogram.indices { histogram[level] += share }
    guard rest > 0 else { return }
    for level in stride(from: 0, to: Self.levels, by: max(Self.levels / rest, 1)) where rest > 0 {
      histogram[level] += 1
      rest -= 1
    }
  }

  /// A value in levels; what is no number is the lowest.
  private static func scaled(_ value: Float) -> Float {
    value > 0 ? min(value, 1) * Float(levels - 1) : 0
  }

  private static func value(of scaled: Float, on curve: [Float]) -> Float {
    let level = Int(scaled)
    let next = min(level + 1, levels - 1)
    return curve[level] + (curve[next] - curve[level]) * (scaled - Float(level))
  }

  /// The tiles whose centres lie before and after a pixel, and how far it is on its way.
  private struct Place {
    let before: Int
    let after: Int
    let share: Float

    init(_ pixel: Int, _ tileSide: Int) {
      let place = Float(pixel) / Float(tileSide) - 0.5
      let first = place.rounded(.down)
      share = place - first
      before = max(Int(first), 0)
      after = min(Int(first) + 1, LocalEqualization.tiles - 1)
    }
  }
}

/// How far the boundaries of two masks lie apart, in pixels.
///
/// From each boundary pixel of one mask to the nearest of the other. Both masks empty: 0; one empty: the
/// diagonal of the image.
struct Hausdorff {
  /// The largest such distance, either way.
  let distance: Double
  /// The 95th percentile (linear interpolation) instead of the largest, the larger of both ways.
  let distance95: Double

  /// Measures two masks of the same size.
  init(_ first: Mask, _ second: Mask) {
    let edges = [first.boundaryPixels, second.boundaryPixels]
    let (width, height) = (first.width, first.height)
    if edges[0].isEmpty || edges[1].isEmpty {
      let diagonal = Double(width * width + height * height).squareRoot()
      distance = edges[0].isEmpty && edges[1].isEmpty ? 0 : diagonal
      distance95 = distance
      return
    }
    let ways = [(edges[0], edges[1]), (edges[1], edges[0])].map { from, to in
      let squared = DistanceTransform.squared(to: to, width: width, height: height)
      return from.map { Double(squared[$0]).squareRoot() }.sorted()
    }
    distance = ways.compactMap(\.last).max() ?? 0
    distance95 = ways.map { Self.percentile95(of: $0) }.max() ?? 0
  }

  private static func percentile95(of sorted: [Double]) -> Double {
    let place = 0.95 * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
  }
}

/// How far the boundaries of two masks lie apart, in pixels.
///
/// From each boundary pixel of one mask to the nearest of the other. Both masks empty: 0; one empty: the
/// diagonal of the image.
struct Hausdorff {
  /// The largest such distance, either way.
  let distance: Double
  /// The 95th percentile (linear interpolation) instead of the largest, the larger of both ways.
  let distance95: Double

  /// Measures two masks of the same size; boundary pixels beside `unknown` ones are those of what was
  /// annotated, and are left out.
  init(_ first: Mask, _ second: Mask, unknown: Mask? = nil) {
    let edges = [first, second].map { mask in
      mask.boundaryPixels.filter { unknown?.touches($0) != true }
    }
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

extension Mask {
  /// Whether a pixel, counted row by row, has one of the mask at one of its edges.
  fileprivate func touches(_ index: Int) -> Bool {
    let (x, y) = (index % width, index / width)
    return x > 0 && pixels[index - 1] != 0 || x + 1 < width && pixels[index + 1] != 0
      || y > 0 && pixels[index - width] != 0 || y + 1 < height && pixels[index + width] != 0
  }
}

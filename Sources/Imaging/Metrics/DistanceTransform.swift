/// The squared distance of every pixel to the nearest of a set of pixels.
///
/// Exact, in time proportional to the pixels: lower envelopes of parabolas, first along columns, then
/// along rows (Felzenszwalb and Huttenlocher 2012).
///
/// Kept by hand: OpenCV and ITK have it, each many times larger than the whole of this program.
public enum DistanceTransform {
  /// `height * width` squared distances in pixels to `sites`, pixels counted row by row; infinite where
  /// there are none.
  public static func squared(to sites: [Int], width: Int, height: Int) -> [Float] {
    let heights = columnDistances(to: sites, width: width, height: height)
    var result = heights
    // The lower envelope of parabolas that stand on the pixels of one row.
    var feet = [Int](repeating: 0, count: width)
    var starts = [Double](repeating: 0, count: width)
    for row in (0..<height).map({ $0 * width }) {
      var top = -1
      for x in 0..<width where heights[row + x].isFinite {
        var start = -Double.infinity
        while top >= 0 {
          start = crossing(heights, row, feet[top], x)
          if start > starts[top] { break }
          top -= 1
        }
        if top < 0 { start = -.infinity }
        top += 1
        feet[top] = x
        starts[top] = start
      }
      guard top >= 0 else { continue }
      var current = 0
      for x in 0..<width {
        while current < top && starts[current + 1] < Double(x) { current += 1 }
        let offset = x - feet[current]
        result[row + x] = heights[row + feet[current]] + Float(offset * offset)
      }
    }
    return result
  }

  /// Where the parabola of `right` comes to lie below that of `left`.
  private static func crossing(
    _ heights: [Float], _ row: Int, _ left: Int, _ right: Int
  ) -> Double {
    let rise = Double(heights[row + right]) - Double(heights[row + left])
    return (rise + Double(right * right - left * left)) / Double(2 * (right - left))
  }

  /// Squared distances along columns only, by a sweep down and one up.
  private static func columnDistances(to sites: [Int], width: Int, height: Int) -> [Float] {
    var distance = [Float](repeating: .infinity, count: width * height)
    for site in sites { distance[site] = 0 }
    for index in stride(from: width, to: width * height, by: 1) {
      distance[index] = min(distance[index], distance[index - width] + 1)
    }
    for index in stride(from: width * (height - 1) - 1, through: 0, by: -1) {
      distance[index] = min(distance[index], distance[index + width] + 1)
    }
    return distance.map { $0 * $0 }
  }
}

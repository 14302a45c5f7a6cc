/// The squared distance of every pixel to the nearest of a set of pixels.
///
/// Exact, in time proportional to the pixels: lower envelopes of parabolas, first along columns, then
/// along rows (Felzenszwalb and Huttenlocher 2012).
///
/// Kept by hand: OpenCV and ITK have it, each many times larger than the whole of this program.
struct DistanceTransform {
  /// `height * width` squared distances in pixels, infinite where the set is empty.
  let squared: [Float]

  /// Measures the distance to `sites`, pixels counted row by row.
  init(to sites: [Int], width: Int, height: Int) {
    let squared = Self.columnDistances(to: sites, width: width, height: height)
    var result = squared
    var envelope = Envelope(count: width)
    for y in 0..<height {
      envelope.minimise(squared, from: y * width, count: width, into: &result)
    }
    self.squared = result
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

  /// The lower envelope of parabolas that stand on the pixels of one row.
  private struct Envelope {
    var feet: [Int]
    var starts: [Double]

    init(count: Int) {
      feet = Array(repeating: 0, count: count)
      starts = Array(repeating: 0, count: count)
    }

    mutating func minimise(
      _ heights: [Float], from row: Int, count: Int, into result: inout [Float]
    ) {
      var top = -1
      for x in 0..<count where heights[row + x].isFinite {
        var start = -Double.infinity
        while top >= 0 {
          start = Self.crossing(heights, row, feet[top], x)
          if start > starts[top] { break }
          top -= 1
        }
        if top < 0 { start = -.infinity }
        top += 1
        feet[top] = x
        starts[top] = start
      }
      guard top >= 0 else { return }
      var current = 0
      for x in 0..<count {
        while current < top && starts[current + 1] < Double(x) { current += 1 }
        let offset = x - feet[current]
        result[row + x] = heights[row + feet[current]] + Float(offset * offset)
      }
    }

    /// Where the parabola of `right` comes to lie below that of `left`.
    private static func crossing(
      _ heights: [Float], _ row: Int, _ left: Int, _ right: Int
    ) -> Double {
      let rise = Double(heights[row + right]) - Double(heights[row + left])
      return (rise + Double(right * right - left * left)) / Double(2 * (right - left))
    }
  }
}

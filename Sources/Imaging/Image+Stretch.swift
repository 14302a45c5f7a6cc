extension Image {
  /// Values spread over 0...1 between two percentiles, clipped: how networks and eyes see an image.
  ///
  /// Percentiles are `numpy.percentile`'s, with linear interpolation. The span between them counts as
  /// at least 1 in images of whole numbers, as in the reference; in float images (32 bits or more),
  /// whose values may all lie in 0...1, as at least a millionth of the larger end. An image of one
  /// value becomes all 0.
  ///
  /// - Parameters:
  ///   - low: percentile that becomes 0, 0...100.
  ///   - high: percentile that becomes 1, 0...100.
  /// - Returns: an image of bit depth 32.
  public func stretched(low: Double = 0.1, high: Double = 99.9) -> Image {
    guard !values.isEmpty else { return self }
    let stretch = contrastStretch(low: low, high: high)
    return Image(width: width, height: height, bitDepth: 32, values: values.map { stretch($0) })
  }

  /// What `stretched` does to each value, for those who do not need all of the image at once.
  ///
  /// - Precondition: the image has pixels and its values are finite.
  public func contrastStretch(low: Double = 0.1, high: Double = 99.9) -> ContrastStretch {
    let ends = percentiles([low, high])
    let (least, most) = (ends[0], ends[1])
    let floor = bitDepth < 32 ? 1 : max(abs(least), abs(most)) * 1e-6
    return ContrastStretch(least: least, span: max(most - least, floor))
  }

  /// Percentiles (each 0...100) of the values, with linear interpolation between neighbours.
  ///
  /// - Precondition: the image has pixels and its values are finite.
  func percentiles(_ wanted: [Double]) -> [Double] {
    precondition(!values.isEmpty, "no percentiles of an empty image")
    let ranked = bitDepth <= 16 ? rankedByCounting() : nil
    let sorted = ranked == nil ? values.sorted() : []
    return wanted.map { percent in
      let place = min(max(percent / 100, 0), 1) * Double(values.count - 1)
      let below = Int(place)
      let above = min(below + 1, values.count - 1)
      let (a, b) =
        ranked.map { ($0.value(at: below), $0.value(at: above)) }
        ?? (Double(sorted[below]), Double(sorted[above]))
      return a + (b - a) * (place - Double(below))
    }
  }

  /// Counts of whole values below 65536: far quicker than sorting.
  private struct Ranks {
    var counts = [Int](repeating: 0, count: 65536)

    func value(at rank: Int) -> Double {
      var left = rank
      for (value, count) in counts.enumerated() {
        if left < count { return Double(value) }
        left -= count
      }
      return Double(counts.count - 1)
    }
  }

  /// Nil where a value is no whole number of 16 bits.
  private func rankedByCounting() -> Ranks? {
    var ranks = Ranks()
    for value in values {
      guard value >= 0, value <= 65535, value == value.rounded(.towardZero) else { return nil }
      ranks.counts[Int(value)] += 1
    }
    return ranks
  }
}

/// Values spread over 0...1 and clipped.
public struct ContrastStretch: Equatable, Sendable {
  /// The value that becomes 0.
  let least: Double
  /// What lies between it and the one that becomes 1; 0 where all are to become 0.
  let span: Double

  /// A value's place in 0...1.
  public func callAsFunction(_ value: Float) -> Float {
    span > 0 ? Float(min(max((Double(value) - least) / span, 0), 1)) : 0
  }
}

extension Image {
  /// Values spread over 0...1 from the 0.1 to the 99.9 percentile, clipped: how networks and eyes see an
  /// image.
  ///
  /// Percentiles are `numpy.percentile`'s, with linear interpolation. The span between them counts as
  /// at least 1 in images of whole numbers, as in the reference; in float images (32 bits or more),
  /// whose values may all lie in 0...1, as at least a millionth of the larger end. An image of one
  /// value becomes all 0.
  ///
  /// - Returns: an image of bit depth 32.
  public func stretched() -> Image {
    guard !values.isEmpty else { return self }
    let stretch = contrastStretch()
    return Image(width: width, height: height, bitDepth: 32, values: values.map { stretch($0) })
  }

  /// What `stretched` does to each value, for those who do not need all of the image at once.
  ///
  /// - Precondition: the image has pixels and its values are finite.
  public func contrastStretch() -> ContrastStretch {
    let ends = percentiles([0.1, 99.9])
    let (least, most) = (ends[0], ends[1])
    let floor = bitDepth < 32 ? 1 : max(abs(least), abs(most)) * 1e-6
    return ContrastStretch(least: least, span: max(most - least, floor))
  }

  /// Percentiles (each 0...100) of the values, with linear interpolation between neighbours.
  ///
  /// - Precondition: the image has pixels and its values are finite.
  func percentiles(_ wanted: [Double]) -> [Double] {
    precondition(!values.isEmpty, "no percentiles of an empty image")
    let value = valueByRank()
    return wanted.map { percent in
      let place = min(max(percent / 100, 0), 1) * Double(values.count - 1)
      let below = Int(place)
      let (a, b) = (value(below), value(min(below + 1, values.count - 1)))
      return a + (b - a) * (place - Double(below))
    }
  }

  /// The values in their order: counted, which is far quicker than sorting, where all are whole ones of
  /// 16 bits.
  private func valueByRank() -> (Int) -> Double {
    guard bitDepth <= 16, let counts = counts() else {
      let sorted = values.sorted()
      return { Double(sorted[$0]) }
    }
    return { rank in
      var left = rank
      for (value, count) in counts.enumerated() {
        if left < count { return Double(value) }
        left -= count
      }
      return Double(counts.count - 1)
    }
  }

  /// How often each whole value of 16 bits is there; nil where a value is none.
  private func counts() -> [Int]? {
    var counts = [Int](repeating: 0, count: 65536)
    for value in values {
      guard value >= 0, value <= 65535, value == value.rounded(.towardZero) else { return nil }
      counts[Int(value)] += 1
    }
    return counts
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

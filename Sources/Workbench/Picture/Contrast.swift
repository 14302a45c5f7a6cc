import Imaging

/// Which grey values of an image are black and white on the screen.
struct Contrast: Hashable, Sendable {
  /// From the 0.1 to the 99.9 percentile, or the whole range of the file's type.
  var isStretched = true
  /// Steps by which the range is narrower (below 0) or wider than that.
  var steps = 0

  /// The limits for `steps`.
  static let allowed = -12...6

  /// The range that is shown, of an image with these two ranges.
  func range(stretched: ClosedRange<Float>, full: ClosedRange<Float>) -> ClosedRange<Float> {
    let range = isStretched ? stretched : full
    var factor: Float = 1
    for _ in 0..<abs(steps) { factor *= steps < 0 ? 0.8 : 1.25 }
    let middle = (range.lowerBound + range.upperBound) / 2
    let half = max((range.upperBound - range.lowerBound) / 2 * factor, .leastNormalMagnitude)
    return (middle - half)...(middle + half)
  }
}

extension Image {
  /// From the 0.1 to the 99.9 percentile; of float images about that, from at most 65,536 evenly
  /// spread pixels, since sorting them all would hold the screen up.
  var stretchedRange: ClosedRange<Float> {
    guard bitDepth > 16 else {
      guard !values.isEmpty else { return fullRange }
      let ends = percentiles([0.1, 99.9]).map { Float($0) }
      return ends[0] < ends[1] ? ends[0]...ends[1] : fullRange
    }
    let step = max(1, values.count / 65_536)
    let sample = stride(from: 0, to: values.count, by: step).map { values[$0] }
      .filter(\.isFinite).sorted()
    guard !sample.isEmpty else { return 0...1 }
    let last = Double(sample.count - 1)
    let low = sample[Int((last * 0.001).rounded())]
    let high = sample[Int((last * 0.999).rounded())]
    return low < high ? low...high : fullRange
  }

  /// All that the file's type can hold; for float files what the image holds.
  var fullRange: ClosedRange<Float> {
    if bitDepth <= 16 { return 0...Float((1 << bitDepth) - 1) }
    var low = Float.infinity
    var high = -Float.infinity
    for value in values where value.isFinite {
      low = min(low, value)
      high = max(high, value)
    }
    return low < high ? low...high : (low.isFinite ? low...(low + 1) : 0...1)
  }
}

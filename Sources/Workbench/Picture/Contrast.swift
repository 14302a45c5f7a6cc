/// Which grey values of an image are black and white on the screen.
public struct Contrast: Hashable, Sendable {
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

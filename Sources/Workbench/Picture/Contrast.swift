/// Which grey values of an image are black and white on the screen.
public struct Contrast: Hashable, Sendable {
  /// An end of the window of greys.
  enum End: Hashable, Sendable { case black, white }

  /// The image's own window, as networks see it, or the whole range of the file's type.
  var isStretched = true
  /// Steps by which the range is narrower (below 0) or wider than that.
  var steps = 0
  /// Steps by which its black end is lower (below 0) or higher.
  private(set) var black = 0
  /// Steps by which its white end is lower (below 0) or higher.
  private(set) var white = 0

  /// The limits for `steps`.
  static let allowed = -12...6
  /// An end moves by this part of the range, at most over twice the range.
  private static let part = 20

  /// Moves an end, not beyond the other.
  mutating func move(_ end: End, by count: Int) {
    switch end {
    case .black: black = min(max(black + count, -2 * Self.part), white + Self.part - 1)
    case .white: white = min(max(white + count, black - Self.part + 1), 2 * Self.part)
    }
  }

  /// Whether an end was moved.
  var isMoved: Bool { black != 0 || white != 0 }

  /// The range that is shown, of an image with these two ranges.
  func range(stretched: ClosedRange<Float>, full: ClosedRange<Float>) -> ClosedRange<Float> {
    let range = isStretched ? stretched : full
    let part = (range.upperBound - range.lowerBound) / Float(Self.part)
    let (low, high) = (
      range.lowerBound + Float(black) * part, range.upperBound + Float(white) * part
    )
    var factor: Float = 1
    for _ in 0..<abs(steps) { factor *= steps < 0 ? 0.8 : 1.25 }
    let middle = (low + high) / 2
    let half = max((high - low) / 2 * factor, .leastNormalMagnitude)
    return (middle - half)...(middle + half)
  }
}

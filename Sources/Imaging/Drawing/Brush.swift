/// A round brush: which pixels a straight stroke covers.
public struct Brush: Equatable, Sendable {
  /// Pixels whose centres are at most this far from the stroke's line are covered.
  public let radius: Double

  /// How far, to the right and down, the disc lies from the pixel that it is put on.
  ///
  /// 0, or -0.5 for even widths: such a disc has its centre between pixels.
  public let offset: Double

  /// Makes a brush by its width in pixels: 1 is a single pixel, 2 a square of four, 3 a plus.
  public init(diameter: Int) {
    radius = max(Double(diameter) / 2, 0.5)
    offset = diameter > 0 && diameter.isMultiple(of: 2) ? -0.5 : 0
  }

  /// The runs of pixels, counted row by row over a picture of the given size, that a straight
  /// stroke between two pixels covers; at most one run a row, in order.
  public func runs(
    from start: PixelPoint, to end: PixelPoint, width: Int, height: Int
  ) -> [Range<Int>] {
    let reach = Int(radius.rounded(.up))
    let first = max(min(start.y, end.y) - reach, 0)
    let last = min(max(start.y, end.y) + reach, height - 1)
    guard first <= last, width > 0 else { return [] }
    return (first...last).compactMap { y in
      guard let span = span(from: start, to: end, row: y) else { return nil }
      // A hair of slack, so that pixels exactly on the rim do not depend on rounding.
      let left = max(Int((span.lowerBound - 1e-9).rounded(.up)), 0)
      let right = min(Int((span.upperBound + 1e-9).rounded(.down)), width - 1)
      return left <= right ? y * width + left..<y * width + right + 1 : nil
    }
  }

  /// Where a row crosses all points within the radius of the line: that shape is convex, so it is one
  /// span, from the leftmost to the rightmost of two discs and the band between them.
  private func span(
    from start: PixelPoint, to end: PixelPoint, row: Int
  ) -> ClosedRange<Double>? {
    var ends: [Double] = []
    for centre in [start, end] {
      let dy = Double(row - centre.y) - offset
      let rest = radius * radius - dy * dy
      guard rest >= 0 else { continue }
      let middle = Double(centre.x) + offset
      ends += [middle - rest.squareRoot(), middle + rest.squareRoot()]
    }
    let (dx, dy) = (Double(end.x - start.x), Double(end.y - start.y))
    let length = (dx * dx + dy * dy).squareRoot()
    if dy != 0 {
      // The band's two long edges: the line moved by the radius along its normal.
      for side in [-1.0, 1.0] {
        let (shiftX, shiftY) = (-dy / length * radius * side, dx / length * radius * side)
        let rise = Double(row) - (Double(start.y) + offset + shiftY)
        if (0...1).contains(rise / dy) {
          ends.append(Double(start.x) + offset + shiftX + dx * rise / dy)
        }
      }
    }
    guard let left = ends.min(), let right = ends.max() else { return nil }
    return left...right
  }
}

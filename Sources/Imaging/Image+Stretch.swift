public import Basics

extension Image {
  /// Values spread over 0...1 by the image's contrast window, clipped: how networks see an image.
  ///
  /// What the window sets aside becomes the median of all else.
  ///
  /// - Returns: an image of bit depth 32.
  public func stretched(_ percentiles: Percentiles = .usual) -> Image {
    guard !values.isEmpty else { return self }
    let window = ContrastWindow(of: self, percentiles: percentiles)
    return Image(
      width: width, height: height, bitDepth: 32,
      values: window.spread(values.indices, of: self))
  }

  /// Values spread over 0...1 between two percentiles of all of them and clipped, as bioimage.io's `scale_range` and
  /// `clip` do: nothing is set aside.
  ///
  /// Where ``stretched(_:)`` sets nothing aside it is the same, but for a millionth of a grey value that is added to
  /// the span.
  ///
  /// - Returns: the values, row by row; zeros for an image of one value, or none.
  public func scaledToRange(_ percentiles: Percentiles) -> [Float] {
    let ranks = GreyRanks(self)
    guard ranks.count > 0 else { return values.map { _ in 0 } }
    let low = ranks.percentile(percentiles.low)
    let span = ranks.percentile(percentiles.high) - low + 1e-6
    return values.map { Float(min(max((Double($0) - low) / span, 0), 1)) }
  }
}

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
}

public import Imaging

extension LabelImage {
  /// The cells at the size of a mask: each pixel of it is of the nearest cell that its piece of the mask holds, and a
  /// piece that holds none is ground.
  ///
  /// - Precondition: both have pixels.
  public func fitted(to mask: Mask) -> LabelImage {
    let shown = resized(width: mask.width, height: mask.height)
    let markers = zip(shown.labels, mask.pixels).map { $1 == 0 ? 0 : Int32($0) }
    let grown = Watershed.labels(
      of: Array(repeating: 0, count: markers.count), markers: markers, inside: mask.pixels,
      width: mask.width, height: mask.height)
    return LabelImage(
      width: mask.width, height: mask.height, labels: grown.map { Label(truncatingIfNeeded: $0) })
  }
}

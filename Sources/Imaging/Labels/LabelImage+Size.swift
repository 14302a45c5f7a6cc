extension LabelImage {
  /// The cells in another size, each pixel that of the one nearest to its centre, as a ``Mask`` is resized.
  ///
  /// - Precondition: all sizes are at least 1.
  public func resized(width newWidth: Int, height newHeight: Int) -> LabelImage {
    precondition(
      min(width, height, newWidth, newHeight) > 0,
      "\(width)x\(height) to \(newWidth)x\(newHeight)")
    let columns = (0..<newWidth).map { (2 * $0 + 1) * width / (2 * newWidth) }
    let rows = (0..<newHeight).map { (2 * $0 + 1) * height / (2 * newHeight) }
    return LabelImage(
      width: newWidth, height: newHeight,
      labels: rows.flatMap { row in columns.map { labels[row * width + $0] } })
  }

  /// The cells with their smaller side as given and the aspect kept.
  public func resized(smallestSide: Int) -> LabelImage {
    let size = Image.size(width: width, height: height, smallestSide: smallestSide)
    return resized(width: size.width, height: size.height)
  }

  /// The part that begins at column `x` of row `y` and has to lie inside; without them the middle one, the same as
  /// that of an image.
  public func cropped(
    x: Int? = nil, y: Int? = nil, width newWidth: Int, height newHeight: Int
  ) -> LabelImage {
    let (x, y) = (x ?? (width - newWidth) / 2, y ?? (height - newHeight) / 2)
    return LabelImage(
      width: newWidth, height: newHeight,
      labels: labels.box(x: x, y: y, newWidth, newHeight, of: width))
  }
}

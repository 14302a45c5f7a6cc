extension Image {
  /// The part that begins at column `x` of row `y` and has to lie inside the image; without them the
  /// middle one, the smaller half of an odd rest to the left and the top.
  public func cropped(
    x: Int? = nil, y: Int? = nil, width newWidth: Int, height newHeight: Int
  ) -> Image {
    let (x, y) = (x ?? (width - newWidth) / 2, y ?? (height - newHeight) / 2)
    return Image(
      width: newWidth, height: newHeight, bitDepth: bitDepth,
      values: values.box(x: x, y: y, newWidth, newHeight, of: width))
  }

  /// Where a place outside `0..<count` falls when mirrored at the first and last pixel.
  public static func reflected(_ place: Int, in count: Int) -> Int {
    guard count > 1 else { return 0 }
    let period = 2 * (count - 1)
    let folded = ((place % period) + period) % period
    return folded < count ? folded : period - folded
  }
}

extension Mask {
  /// The mask in another size, each pixel the one nearest to its centre.
  ///
  /// - Precondition: all sizes are at least 1.
  public func resized(width newWidth: Int, height newHeight: Int) -> Mask {
    precondition(
      min(width, height, newWidth, newHeight) > 0,
      "\(width)x\(height) to \(newWidth)x\(newHeight)")
    let columns = (0..<newWidth).map { (2 * $0 + 1) * width / (2 * newWidth) }
    let rows = (0..<newHeight).map { (2 * $0 + 1) * height / (2 * newHeight) }
    return Mask(
      width: newWidth, height: newHeight,
      pixels: rows.flatMap { row in columns.map { pixels[row * width + $0] } })
  }

  /// The mask with its smaller side as given and its aspect kept.
  public func resized(smallestSide: Int) -> Mask {
    let size = Image.size(width: width, height: height, smallestSide: smallestSide)
    return resized(width: size.width, height: size.height)
  }

  /// The part that begins at column `x` of row `y` and has to lie inside the mask; without them the
  /// middle one, the same as that of an image.
  public func cropped(
    x: Int? = nil, y: Int? = nil, width newWidth: Int, height newHeight: Int
  ) -> Mask {
    let (x, y) = (x ?? (width - newWidth) / 2, y ?? (height - newHeight) / 2)
    return Mask(
      width: newWidth, height: newHeight,
      pixels: pixels.box(x: x, y: y, newWidth, newHeight, of: width))
  }
}

extension Annotation {
  /// The part that begins at column `x` of row `y` and has to lie inside.
  public func cropped(x: Int, y: Int, width newWidth: Int, height newHeight: Int) -> Annotation {
    let unknown = unknown?.cropped(x: x, y: y, width: newWidth, height: newHeight)
    guard let cells else {
      return Annotation(
        mask.cropped(x: x, y: y, width: newWidth, height: newHeight), unknown: unknown)
    }
    let labels = cells.labels.box(x: x, y: y, newWidth, newHeight, of: cells.width)
    return Annotation(
      LabelImage(width: newWidth, height: newHeight, labels: labels), unknown: unknown)
  }
}

extension Array {
  /// Cuts a box out of rows of `rowWidth` elements.
  func box(x: Int, y: Int, _ width: Int, _ height: Int, of rowWidth: Int) -> [Element] {
    precondition(
      x >= 0 && y >= 0 && width >= 0 && height >= 0 && x + width <= rowWidth
        && (y + height) * rowWidth <= count,
      "\(width)x\(height) at \(x),\(y) of \(count) pixels in rows of \(rowWidth)")
    return (y..<y + height).flatMap { self[$0 * rowWidth + x..<$0 * rowWidth + x + width] }
  }
}

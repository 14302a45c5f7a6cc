extension Image {
  /// The part that begins at column `x` of row `y`.
  ///
  /// - Precondition: it lies inside the image.
  public func cropped(x: Int, y: Int, width newWidth: Int, height newHeight: Int) -> Image {
    Image(
      width: newWidth, height: newHeight, bitDepth: bitDepth,
      values: Cropping.cropped(
        values, width: width, height: height, x: x, y: y, newWidth, newHeight))
  }

  /// The middle part; of an odd rest the smaller half goes to the left and the top.
  ///
  /// - Precondition: it is not larger than the image.
  public func centreCropped(width newWidth: Int, height newHeight: Int) -> Image {
    cropped(
      x: (width - newWidth) / 2, y: (height - newHeight) / 2, width: newWidth, height: newHeight)
  }

  /// The image with margins that mirror it without repeating the border pixel: numpy's `reflect`.
  ///
  /// A margin wider than the image mirrors again; an image of one pixel repeats it.
  ///
  /// - Precondition: margins are at least 0 and the image has pixels.
  public func padded(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Image {
    precondition(
      min(left, top, right, bottom) >= 0 && min(width, height) > 0,
      "margins \(left) \(top) \(right) \(bottom) of \(width)x\(height)")
    let columns = (-left..<width + right).map { Self.reflected($0, in: width) }
    let rows = (-top..<height + bottom).map { Self.reflected($0, in: height) }
    var result: [Float] = []
    result.reserveCapacity(rows.count * columns.count)
    for row in rows {
      for column in columns { result.append(values[row * width + column]) }
    }
    return Image(width: columns.count, height: rows.count, bitDepth: bitDepth, values: result)
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
    var result: [UInt8] = []
    result.reserveCapacity(newWidth * newHeight)
    for row in rows {
      for column in columns { result.append(pixels[row * width + column]) }
    }
    return Mask(width: newWidth, height: newHeight, pixels: result)
  }

  /// The mask with its smaller side as given and its aspect kept.
  public func resized(smallestSide: Int) -> Mask {
    let size = Resizing.size(width: width, height: height, smallestSide: smallestSide)
    return resized(width: size.width, height: size.height)
  }

  /// The part that begins at column `x` of row `y`.
  ///
  /// - Precondition: it lies inside the mask.
  public func cropped(x: Int, y: Int, width newWidth: Int, height newHeight: Int) -> Mask {
    Mask(
      width: newWidth, height: newHeight,
      pixels: Cropping.cropped(
        pixels, width: width, height: height, x: x, y: y, newWidth, newHeight))
  }

  /// The middle part, the same as that of an image.
  ///
  /// - Precondition: it is not larger than the mask.
  public func centreCropped(width newWidth: Int, height newHeight: Int) -> Mask {
    cropped(
      x: (width - newWidth) / 2, y: (height - newHeight) / 2, width: newWidth, height: newHeight)
  }
}

/// Cuts rows of anything.
private enum Cropping {
  static func cropped<Element>(
    _ elements: [Element], width: Int, height: Int, x: Int, y: Int, _ newWidth: Int,
    _ newHeight: Int
  ) -> [Element] {
    precondition(
      x >= 0 && y >= 0 && newWidth >= 0 && newHeight >= 0 && x + newWidth <= width
        && y + newHeight <= height,
      "\(newWidth)x\(newHeight) at \(x),\(y) of \(width)x\(height)")
    var result: [Element] = []
    result.reserveCapacity(newWidth * newHeight)
    for row in y..<y + newHeight {
      result += elements[row * width + x..<row * width + x + newWidth]
    }
    return result
  }
}

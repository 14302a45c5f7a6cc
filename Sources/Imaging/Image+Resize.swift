extension Image {
  /// The image in another size: area averaging down, bilinear with half-pixel centres up.
  ///
  /// Each axis chooses for itself. Averaging gives each output pixel the mean of the input area that it
  /// covers, with fractional weights.
  ///
  /// - Precondition: all sizes are at least 1.
  public func resized(width newWidth: Int, height newHeight: Int) -> Image {
    precondition(
      min(width, height, newWidth, newHeight) > 0,
      "\(width)x\(height) to \(newWidth)x\(newHeight)")
    if newWidth == width && newHeight == height { return self }
    let narrowed = resampledRows(ResampledAxis(from: width, to: newWidth), newWidth)
    let mixed = Self.resampledColumns(
      narrowed, ResampledAxis(from: height, to: newHeight), width: newWidth, newHeight)
    return Image(width: newWidth, height: newHeight, bitDepth: bitDepth, values: mixed)
  }

  /// The image with its smaller side as given and its aspect kept.
  public func resized(smallestSide: Int) -> Image {
    let size = Resizing.size(width: width, height: height, smallestSide: smallestSide)
    return resized(width: size.width, height: size.height)
  }

  /// Mixes along each row.
  private func resampledRows(_ axis: ResampledAxis, _ newWidth: Int) -> [Float] {
    var result = [Float](repeating: 0, count: newWidth * height)
    for y in 0..<height {
      let row = y * width
      for x in 0..<newWidth {
        let first = row + axis.starts[x]
        let offset = axis.offsets[x]
        var sum: Float = 0
        for tap in 0..<axis.offsets[x + 1] - offset {
          sum += axis.weights[offset + tap] * values[first + tap]
        }
        result[y * newWidth + x] = sum
      }
    }
    return result
  }

  /// Mixes whole rows, so that memory is walked in order.
  private static func resampledColumns(
    _ rows: [Float], _ axis: ResampledAxis, width: Int, _ newHeight: Int
  ) -> [Float] {
    var result = [Float](repeating: 0, count: width * newHeight)
    for y in 0..<newHeight {
      let offset = axis.offsets[y]
      for tap in 0..<axis.offsets[y + 1] - offset {
        let weight = axis.weights[offset + tap]
        let from = (axis.starts[y] + tap) * width
        for x in 0..<width { result[y * width + x] += weight * rows[from + x] }
      }
    }
    return result
  }
}

/// Sizes that keep an aspect.
enum Resizing {
  /// The size whose smaller side is `smallestSide`; the longer is rounded, a half to even, as the
  /// reference does.
  static func size(
    width: Int, height: Int, smallestSide: Int
  ) -> (width: Int, height: Int) {
    let scale = Double(smallestSide) / Double(min(width, height))
    func scaled(_ side: Int) -> Int {
      max(smallestSide, Int((Double(side) * scale).rounded(.toNearestOrEven)))
    }
    return (scaled(width), scaled(height))
  }
}

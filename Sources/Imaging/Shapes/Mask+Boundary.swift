extension Mask {
  /// The cell pixels that touch background with an edge; outside of the mask all is background.
  ///
  /// The mask minus its erosion by the 4-connected cross.
  public var boundary: Mask {
    var result = Mask(width: width, height: height)
    for index in boundaryPixels { result.fill(index..<index + 1, with: true) }
    return result
  }

  /// The boundary's pixels, counted row by row over the whole mask, in order.
  public var boundaryPixels: [Int] {
    var result: [Int] = []
    for y in 0..<height {
      for x in 0..<width {
        let index = y * width + x
        guard pixels[index] != 0 else { continue }
        let isInside =
          x > 0 && x + 1 < width && y > 0 && y + 1 < height
          && pixels[index - 1] & pixels[index + 1] & pixels[index - width] & pixels[index + width]
            != 0
        if !isInside { result.append(index) }
      }
    }
    return result
  }
}

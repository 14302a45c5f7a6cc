extension Mask {
  /// The cell pixels that touch background with an edge, counted row by row over the whole mask, in
  /// order; outside of the mask all is background.
  var boundaryPixels: [Int] {
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

extension Mask {
  /// The smallest box around all cell pixels; nil where there is none.
  public var box: (columns: Range<Int>, rows: Range<Int>)? {
    var left = width
    var right = -1
    var top = height
    var bottom = -1
    for y in 0..<height {
      for x in 0..<width where pixels[y * width + x] != 0 {
        left = min(left, x)
        right = max(right, x)
        top = min(top, y)
        bottom = y
      }
    }
    return right < 0 ? nil : (left..<right + 1, top..<bottom + 1)
  }
}

/// The pixels of a picture that one dot of the screen stands for; at least one.
public struct PixelBox: Hashable, Sendable {
  /// Columns of the picture.
  public let xs: Range<Int>
  /// Rows of the picture.
  public let ys: Range<Int>

  /// Makes a box.
  public init(xs: Range<Int>, ys: Range<Int>) {
    self.xs = xs
    self.ys = ys
  }

  /// The pixel in the middle.
  public var center: (x: Int, y: Int) {
    ((xs.lowerBound + xs.upperBound) / 2, (ys.lowerBound + ys.upperBound) / 2)
  }

  /// The mean of a value over the box, from about 4 by 4 evenly spread pixels where it is large.
  public func mean(_ value: (Int, Int) -> Double) -> Double {
    var sum = 0.0
    var count = 0.0
    forEachSample { x, y in
      sum += value(x, y)
      count += 1
    }
    return count > 0 ? sum / count : 0
  }

  /// The mean colour over the box, from the same pixels.
  public func mean(_ color: (Int, Int) -> RGB) -> RGB {
    var red = 0
    var green = 0
    var blue = 0
    var count = 0
    forEachSample { x, y in
      let value = color(x, y)
      red += Int(value.red)
      green += Int(value.green)
      blue += Int(value.blue)
      count += 1
    }
    guard count > 0 else { return RGB(0, 0, 0) }
    func part(_ sum: Int) -> UInt8 { UInt8((sum + count / 2) / count) }
    return RGB(part(red), part(green), part(blue))
  }

  private func forEachSample(_ body: (Int, Int) -> Void) {
    let stepX = max(1, xs.count / 4)
    let stepY = max(1, ys.count / 4)
    for y in stride(from: ys.lowerBound + (stepY - 1) / 2, to: ys.upperBound, by: stepY) {
      for x in stride(from: xs.lowerBound + (stepX - 1) / 2, to: xs.upperBound, by: stepX) {
        body(x, y)
      }
    }
  }

  /// Whether any pixel of the box has a property; looks at all of them, so that thin lines stay.
  public func contains(where predicate: (Int, Int) -> Bool) -> Bool {
    for y in ys {
      for x in xs where predicate(x, y) { return true }
    }
    return false
  }
}

/// An image stretched to 8 bits for the screen, with copies of half the size each, so that drawing it
/// small reads few pixels.
public struct GreyPyramid: Equatable, Sendable {
  /// One size of the picture.
  public struct Level: Equatable, Sendable {
    /// Pixels in a row.
    public let width: Int
    /// Rows.
    public let height: Int
    /// Grey values, row by row.
    public let pixels: [UInt8]
  }

  /// From the image's own size down to at most 64 pixels.
  public let levels: [Level]

  /// Stretches an image so that `range` runs from black to white.
  public init(_ image: Image, range: ClosedRange<Float>) {
    var levels = [
      Level(width: image.width, height: image.height, pixels: image.greys(over: range))
    ]
    while let last = levels.last, max(last.width, last.height) > 64 { levels.append(last.halved()) }
    self.levels = levels
  }

  /// The mean grey of a box of the image's pixels, from the smallest copy that still shows it sharp.
  public func mean(xs: Range<Int>, ys: Range<Int>) -> UInt8 {
    var shift = 0
    let extent = min(xs.count, ys.count)
    while shift + 1 < levels.count, 2 << shift <= extent { shift += 1 }
    let level = levels[shift]
    let left = min(xs.lowerBound >> shift, level.width - 1)
    let right = min(max(left + 1, xs.upperBound >> shift), level.width)
    let top = min(ys.lowerBound >> shift, level.height - 1)
    let bottom = min(max(top + 1, ys.upperBound >> shift), level.height)
    guard left >= 0, top >= 0 else { return 0 }
    if right - left == 1, bottom - top == 1 { return level.pixels[top * level.width + left] }
    var sum = 0
    for y in top..<bottom {
      for x in left..<right { sum += Int(level.pixels[y * level.width + x]) }
    }
    let count = (right - left) * (bottom - top)
    return UInt8((sum + count / 2) / count)
  }
}

extension GreyPyramid.Level {
  /// Half the size: means of two by two pixels, a last odd one counted twice.
  fileprivate func halved() -> GreyPyramid.Level {
    let half = (width: (width + 1) / 2, height: (height + 1) / 2)
    let halves = unsafe [UInt8](unsafeUninitializedCapacity: half.width * half.height) {
      target, count in
      unsafe pixels.withUnsafeBytes { source in
        for y in 0..<half.height {
          let upper = 2 * y * width
          let lower = min(2 * y + 1, height - 1) * width
          let row = y * half.width
          var x = 0
          // 16 means at a time.
          while 2 * x + 32 <= width {
            let above = unsafe source.loadUnaligned(
              fromByteOffset: upper + 2 * x, as: SIMD32<UInt8>.self)
            let below = unsafe source.loadUnaligned(
              fromByteOffset: lower + 2 * x, as: SIMD32<UInt8>.self)
            let means = Self.means(above, below)
            unsafe UnsafeMutableRawBufferPointer(target).storeBytes(
              of: means, toByteOffset: row + x, as: SIMD16<UInt8>.self)
            x += 16
          }
          while x < half.width {
            let (left, right) = (2 * x, min(2 * x + 1, width - 1))
            let sum =
              unsafe Int(source[upper + left]) + Int(source[upper + right])
              + Int(source[lower + left]) + Int(source[lower + right])
            unsafe target[row + x] = UInt8((sum + 2) / 4)
            x += 1
          }
        }
      }
      count = half.width * half.height
    }
    return GreyPyramid.Level(width: half.width, height: half.height, pixels: halves)
  }

  private static func means(_ above: SIMD32<UInt8>, _ below: SIMD32<UInt8>) -> SIMD16<UInt8> {
    let upper =
      SIMD16<UInt16>(truncatingIfNeeded: above.evenHalf)
      &+ SIMD16<UInt16>(truncatingIfNeeded: above.oddHalf)
    let lower =
      SIMD16<UInt16>(truncatingIfNeeded: below.evenHalf)
      &+ SIMD16<UInt16>(truncatingIfNeeded: below.oddHalf)
    return SIMD16<UInt8>(truncatingIfNeeded: (upper &+ lower &+ 2) &>> 2)
  }
}

import Imaging

/// An image stretched to 8 bits for the screen, with copies of half the size each, so that drawing it
/// small reads few pixels.
struct DisplayPicture: Equatable, Sendable {
  /// One size of the picture.
  struct Level: Equatable, Sendable {
    /// Pixels in a row.
    let width: Int
    /// Rows.
    let height: Int
    /// Grey values, row by row.
    let pixels: [UInt8]
  }

  /// From the image's own size down to at most 64 pixels.
  let levels: [Level]

  /// Stretches an image so that `range` runs from black to white.
  init(_ image: Image, range: ClosedRange<Float>) {
    let scale = 255 / max(range.upperBound - range.lowerBound, .leastNormalMagnitude)
    let low = range.lowerBound
    let pixels = image.values.map { value in
      let grey = (value - low) * scale
      return grey >= 255 ? 255 : grey > 0 ? UInt8(grey) : 0
    }
    var levels = [Level(width: image.width, height: image.height, pixels: pixels)]
    while let last = levels.last, max(last.width, last.height) > 64 {
      levels.append(Self.halved(last))
    }
    self.levels = levels
  }

  /// Half the size: means of two by two pixels.
  private static func halved(_ level: Level) -> Level {
    let width = (level.width + 1) / 2
    let height = (level.height + 1) / 2
    var pixels = [UInt8](repeating: 0, count: width * height)
    for y in 0..<height {
      let upper = 2 * y * level.width
      let lower = min(2 * y + 1, level.height - 1) * level.width
      for x in 0..<width {
        let left = 2 * x
        let right = min(2 * x + 1, level.width - 1)
        let sum =
          Int(level.pixels[upper + left]) + Int(level.pixels[upper + right])
          + Int(level.pixels[lower + left]) + Int(level.pixels[lower + right])
        pixels[y * width + x] = UInt8((sum + 2) / 4)
      }
    }
    return Level(width: width, height: height, pixels: pixels)
  }
}

extension DisplayPicture {
  /// The mean grey of a box of the image's pixels, from the smallest copy that still shows it sharp.
  func mean(xs: Range<Int>, ys: Range<Int>) -> UInt8 {
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

internal import Foundation
internal import Imaging

/// A picture that figures are drawn on; what lies outside is cut off.
struct Canvas {
  let width: Int
  let height: Int
  private var pixels: [Ink]

  /// A white canvas of at least one pixel.
  init(width: Int, height: Int) {
    self.width = max(1, width)
    self.height = max(1, height)
    pixels = Array(repeating: .white, count: self.width * self.height)
  }

  /// The colour of a pixel.
  subscript(x: Int, y: Int) -> Ink {
    get { pixels[y * width + x] }
    set {
      guard (0..<width).contains(x), (0..<height).contains(y) else { return }
      pixels[y * width + x] = newValue
    }
  }

  /// The canvas as a PNG file.
  var png: Data {
    PNG.encode(rgb: pixels.flatMap { [$0.red, $0.green, $0.blue] }, width: width, height: height)
  }

  /// Fills a rectangle.
  mutating func fill(_ rect: PixelRect, _ ink: Ink) {
    for y in max(0, rect.y)..<max(0, rect.y, min(height, rect.bottom)) {
      for x in max(0, rect.x)..<max(0, rect.x, min(width, rect.right)) { self[x, y] = ink }
    }
  }

  /// Writes a line of text, its top left corner given.
  mutating func write(
    _ text: String, x: Int, y: Int, _ ink: Ink = .text, scale: Int = 2
  ) {
    var left = x
    for character in text {
      for (column, bits) in BitmapFont.columns(of: character).enumerated() {
        for row in 0..<BitmapFont.height where bits >> row & 1 == 1 {
          fill(
            PixelRect(x: left + column * scale, y: y + row * scale, width: scale, height: scale),
            ink)
        }
      }
      left += BitmapFont.advance * scale
    }
  }

  /// Draws a picture of `size` into a rectangle, each pixel the mean of those that it covers.
  mutating func draw(
    _ size: (width: Int, height: Int), in rect: PixelRect, color: (Int, Int) -> Ink
  ) {
    guard rect.width > 0, rect.height > 0, size.width > 0, size.height > 0 else { return }
    for y in 0..<rect.height {
      let top = y * size.height / rect.height
      let bottom = max(top + 1, (y + 1) * size.height / rect.height)
      for x in 0..<rect.width {
        let left = x * size.width / rect.width
        let right = max(left + 1, (x + 1) * size.width / rect.width)
        var sum = (0, 0, 0)
        for row in top..<bottom {
          for column in left..<right {
            let ink = color(column, row)
            sum.0 += Int(ink.red)
            sum.1 += Int(ink.green)
            sum.2 += Int(ink.blue)
          }
        }
        let count = (bottom - top) * (right - left)
        self[rect.x + x, rect.y + y] = Ink(
          red: UInt8(sum.0 / count), green: UInt8(sum.1 / count), blue: UInt8(sum.2 / count))
      }
    }
  }
}

/// A part of a figure, in pixels from the top left.
struct PixelRect: Equatable, Sendable {
  let x: Int
  let y: Int
  let width: Int
  let height: Int

  /// The column behind its last.
  var right: Int { x + width }
  /// The row behind its last.
  var bottom: Int { y + height }
}

public import Foundation

/// Many small pictures on one: each beside itself with its mask's edge drawn in.
public struct ContactSheet: Equatable, Sendable {
  private let size: Int
  private let columns: Int
  private var rows: [[UInt8]] = []
  private var count = 0

  /// An empty sheet for pictures of `size` by `size` pixels, with `columns` pairs beside each other.
  ///
  /// - Precondition: both are at least 1.
  public init(size: Int, columns: Int) {
    precondition(size > 0 && columns > 0, "a sheet of \(columns) columns of \(size) pixels")
    self.size = size
    self.columns = columns
  }

  /// Adds a picture and its mask, its contrast stretched like everywhere, or else its values of 0...1 as
  /// they are.
  ///
  /// - Precondition: both have `size * size` pixels.
  public mutating func add(_ image: Image, _ mask: Mask, stretched: Bool = true) {
    precondition(
      image.width == size && image.height == size && mask.width == size && mask.height == size,
      "a picture of \(image.width)x\(image.height) on a sheet of \(size)")
    let column = count % columns
    if column == 0 { rows += Array(repeating: blankRow, count: size) }
    count += 1
    let first = rows.count - size
    let grey = (stretched ? image.stretched() : image).values
    for y in 0..<size {
      for x in 0..<size {
        let value = UInt8(min(max(grey[y * size + x] * 255, 0), 255))
        let left = 3 * (2 * column * size + x)
        let right = left + 3 * size
        let isEdge = Self.isEdge(mask, x, y)
        for channel in 0..<3 {
          rows[first + y][left + channel] = value
          rows[first + y][right + channel] = isEdge ? Self.edge[channel] : value
        }
      }
    }
  }

  /// The sheet as a PNG file.
  public var png: Data {
    PNG.encode(rgb: rows.flatMap(\.self), width: width, height: rows.count)
  }

  private static let edge: [UInt8] = [255, 70, 60]

  private var width: Int { 2 * columns * size }

  private var blankRow: [UInt8] { Array(repeating: 0, count: 3 * width) }

  /// Whether a pixel is of the mask, and one beside it is not.
  private static func isEdge(_ mask: Mask, _ x: Int, _ y: Int) -> Bool {
    func isInside(_ x: Int, _ y: Int) -> Bool {
      guard (0..<mask.width).contains(x), (0..<mask.height).contains(y) else { return true }
      return mask.pixels[y * mask.width + x] != 0
    }
    guard isInside(x, y) else { return false }
    return !(isInside(x - 1, y) && isInside(x + 1, y) && isInside(x, y - 1) && isInside(x, y + 1))
  }
}

/// Which pixels are cell: 1 inside, 0 outside, row by row from the top left.
public struct Mask: Equatable, Hashable, Sendable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// `height * width` values, each 0 or 1.
  public private(set) var pixels: [UInt8]

  /// An empty mask.
  public init(width: Int, height: Int) {
    self.init(width: width, height: height, pixels: Array(repeating: 0, count: width * height))
  }

  /// Takes `height * width` pixels; any non-zero one is cell.
  ///
  /// - Precondition: `pixels.count == width * height`.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(pixels.count == width * height, "\(pixels.count) pixels for \(width)x\(height)")
    self.width = width
    self.height = height
    self.pixels = pixels.map { $0 == 0 ? 0 : 1 }
  }

  /// Whether the pixel in column `x` of row `y` is cell.
  public subscript(x: Int, y: Int) -> Bool {
    get { pixels[y * width + x] != 0 }
    set { pixels[y * width + x] = newValue ? 1 : 0 }
  }

  /// Pixels that are cell.
  public var area: Int { pixels.reduce(0) { $0 + Int($1) } }

  /// Sets a run of pixels, counted row by row over the whole mask.
  public mutating func fill(_ run: Range<Int>, with cell: Bool) {
    for index in run { pixels[index] = cell ? 1 : 0 }
  }
}

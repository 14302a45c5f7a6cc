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

  /// Takes just `height * width` pixels; any non-zero one is cell.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(pixels.count == width * height, "\(pixels.count) pixels for \(width)x\(height)")
    self.width = width
    self.height = height
    self.pixels = pixels.map { $0 == 0 ? 0 : 1 }
  }

  /// The pixels whose probability, of just `height * width`, exceeds `threshold`.
  public init(width: Int, height: Int, probabilities: [Float], threshold: Float = 0.5) {
    self.init(width: width, height: height, pixels: probabilities.map { $0 > threshold ? 1 : 0 })
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

  /// The smallest box around all cell pixels; nil where there is none.
  public var box: (columns: Range<Int>, rows: Range<Int>)? {
    let rows = (0..<height).filter { pixels[$0 * width..<($0 + 1) * width].contains(1) }
    let columns = (0..<width).filter { x in rows.contains { pixels[$0 * width + x] == 1 } }
    guard let top = rows.first, let bottom = rows.last, let left = columns.first,
      let right = columns.last
    else { return nil }
    return (left..<right + 1, top..<bottom + 1)
  }

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

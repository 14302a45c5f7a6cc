/// An area that was outlined in ImageJ.
struct ROI: Equatable, Sendable {
  /// What it covers, x and y from the image's top left corner.
  enum Shape: Equatable, Sendable {
    /// What closed outlines enclose an odd number of times.
    case outlines([[SIMD2<Double>]])
    /// The pixels whose middles lie within an ellipse that touches the sides of a box.
    case oval(x: Int, y: Int, width: Int, height: Int)
  }

  /// What it is called.
  let name: String
  /// Where in a stack it lies.
  let position: ROIPosition
  /// What it covers.
  let shape: Shape

  /// Its pixels in an image, in runs row by row; nil for an outline that nobody drew.
  func runs(width: Int, height: Int) -> [Range<Int>]? {
    switch shape {
    case .outlines(let outlines): OutlineFill.runs(of: outlines, width: width, height: height)
    case .oval(let x, let y, let across, let down):
      (max(0, y)..<max(0, y, min(height, y + down))).compactMap { row in
        let inset = Self.inset(row: row - y, width: across, height: down)
        let (first, last) = (max(0, x + inset), min(width, x + across - inset))
        return first < last ? row * width + first..<row * width + last : nil
      }
    }
  }

  /// How many pixels of a row lie outside of an oval at either side.
  private static func inset(row: Int, width: Int, height: Int) -> Int {
    let (a, b) = (Double(width) / 2, Double(height) / 2)
    let y = Double(row) - (b - 0.5)
    func isInside(_ column: Int) -> Bool {
      let x = Double(column) - (a - 0.5)
      return x * x / (a * a) + y * y / (b * b) <= 1
    }
    let reach = a * max(0, 1 - y * y / (b * b)).squareRoot()
    let column = Int((a - 0.5 - reach).rounded(.up))
    return isInside(column - 1) ? column - 1 : isInside(column) ? column : column + 1
  }
}

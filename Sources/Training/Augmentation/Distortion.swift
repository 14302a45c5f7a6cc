import Basics
import Imaging

/// A move that bends straight lines.
enum Distortion: Equatable, Sendable {
  /// A smoothed random displacement of `alpha` times -1...1, drawn from a seed.
  case elastic(alpha: Double, sigma: Double, seed: UInt64)
  /// Relative widths of columns and heights of rows, at least one each, that fill the picture.
  case grid(columns: [Double], rows: [Double])
  /// A lens of radial distortion `k1 = k2`, its centre moved by shares of the side.
  case optical(distortion: Double, x0: Double, y0: Double)

  func move(_ field: inout SamplingField) {
    switch self {
    case .elastic(let alpha, let sigma, let seed):
      var generator = SeededGenerator(seed: seed)
      let side = field.side
      let planes = (0..<2).map { _ in
        let noise = (0..<side * side).map { _ in Float(generator.uniform(-1..<1)) }
        return Self.displacement(noise, side: side, alpha: alpha, sigma: sigma)
      }
      field.displace(columns: planes[0], rows: planes[1])
    case .grid(let columns, let rows):
      let (x, y) = (PieceWidths(columns), PieceWidths(rows))
      let side = Float(field.side)
      field.map { column, row in
        (
          x.place((column + 0.5) / side) * side - 0.5, y.place((row + 0.5) / side) * side - 0.5
        )
      }
    case .optical(let distortion, let x0, let y0):
      // OpenCV's `initUndistortRectifyMap` with a focal length of one side.
      let (side, bend) = (Float(field.side), Float(distortion))
      let (centreX, centreY) = (side * (0.5 + Float(x0)), side * (0.5 + Float(y0)))
      field.map { column, row in
        let x = (column - centreX) / side
        let y = (row - centreY) / side
        let square = x * x + y * y
        let factor = 1 + bend * square * (1 + square)
        return (x * factor * side + centreX, y * factor * side + centreY)
      }
    }
  }

  /// `alpha` times a plane of noise that a Gaussian has smoothed, the border mirrored, cut off at four
  /// standard deviations: SciPy's `gaussian_filter`.
  static func displacement(
    _ noise: [Float], side: Int, alpha: Double, sigma: Double
  ) -> [Float] {
    let bell = GaussianFilter(sigma: sigma, reach: Int(4 * sigma + 0.5), border: .mirrored)
    return bell.applied(to: noise, side: side).map { Float(alpha) * $0 }
  }

  /// A line of 0...1 cut into even pieces, each taken from a piece of another width.
  private struct PieceWidths {
    let starts: [Float]

    init(_ widths: [Double]) {
      let sum = widths.reduce(0, +)
      starts = widths.reduce(into: [0]) { $0.append($0[$0.count - 1] + Float($1 / sum)) }
    }

    func place(_ share: Float) -> Float {
      let pieces = starts.count - 1
      let scaled = share * Float(pieces)
      let piece = min(max(Int(scaled.rounded(.down)), 0), pieces - 1)
      return starts[piece] + (scaled - Float(piece)) * (starts[piece + 1] - starts[piece])
    }
  }
}

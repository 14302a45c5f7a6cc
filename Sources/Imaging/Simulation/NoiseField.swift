import Basics
import Foundation

/// Smooth noise: random values at the knots of a lattice, blended in between.
struct NoiseField {
  private let side: Int
  /// Knots a pixel along and across the grain: the rows of the map from pixels to knots.
  private let along: SIMD2<Float>
  private let across: SIMD2<Float>
  private let origin: SIMD2<Float>
  private let knots: [Float]

  /// Draws noise over a square of `extent` pixels that changes over about `spacing` pixels, its
  /// values within -1...1.
  ///
  /// Its waves are `stretch` times longer than wide and run in the direction `angle`, in radians.
  init(
    extent: Int, spacing: Float, stretch: Float = 1, angle: Float = 0,
    using generator: inout SeededGenerator
  ) {
    let (c, s) = (cos(angle), sin(angle))
    along = SIMD2(c, s) / (spacing * stretch)
    across = SIMD2(-s, c) / spacing
    let corner = Float(extent)
    // The square's corners, turned: the lattice starts at the least of them.
    let us = [0, along.x * corner, along.y * corner, (along.x + along.y) * corner]
    let vs = [0, across.x * corner, across.y * corner, (across.x + across.y) * corner]
    let (left, right) = (us.min() ?? 0, us.max() ?? 0)
    let (top, bottom) = (vs.min() ?? 0, vs.max() ?? 0)
    origin = SIMD2(-left, -top)
    side = Int(right - left) + 3
    let rows = Int(bottom - top) + 3
    knots = (0..<side * rows).map { _ in
      Float(Int32(truncatingIfNeeded: generator.next() >> 32)) * 0x1p-31
    }
  }

  /// The noise at a place of the square.
  subscript(x: Float, y: Float) -> Float {
    let u = max(x * along.x + y * along.y + origin.x, 0)
    let v = max(x * across.x + y * across.y + origin.y, 0)
    let rows = knots.count / side
    let (column, row) = (min(Int(u), side - 2), min(Int(v), rows - 2))
    let (s, t) = (smooth(u - Float(column)), smooth(v - Float(row)))
    let place = row * side + column
    let upper = knots[place] + s * (knots[place + 1] - knots[place])
    let lower = knots[place + side] + s * (knots[place + side + 1] - knots[place + side])
    return upper + t * (lower - upper)
  }

  private func smooth(_ t: Float) -> Float {
    let t = min(t, 1)
    return t * t * (3 - 2 * t)
  }
}

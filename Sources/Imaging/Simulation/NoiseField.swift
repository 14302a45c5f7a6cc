/// Smooth noise: random values at the knots of a lattice, blended in between.
struct NoiseField {
  private let side: Int
  private let spacing: Float
  private let knots: [Float]

  /// Draws noise over a square of `extent` pixels that changes over about `spacing` pixels, its
  /// values within -1...1.
  init(extent: Int, spacing: Float, using generator: inout SeededGenerator) {
    self.spacing = spacing
    side = Int(Float(extent) / spacing) + 3
    knots = (0..<side * side).map { _ in Float(generator.uniform(-1..<1)) }
  }

  /// The noise at a place of the square.
  subscript(x: Float, y: Float) -> Float {
    let (u, v) = (x / spacing, y / spacing)
    let (column, row) = (min(max(Int(u), 0), side - 2), min(max(Int(v), 0), side - 2))
    let (s, t) = (smooth(u - Float(column)), smooth(v - Float(row)))
    let place = row * side + column
    let upper = knots[place] + s * (knots[place + 1] - knots[place])
    let lower = knots[place + side] + s * (knots[place + side + 1] - knots[place + side])
    return upper + t * (lower - upper)
  }

  private func smooth(_ t: Float) -> Float {
    let t = min(max(t, 0), 1)
    return t * t * (3 - 2 * t)
  }
}

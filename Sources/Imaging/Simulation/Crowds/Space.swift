import Basics

/// How the plane is bent on which a crowd lies, and how rough what lies on it is.
struct Space {
  /// How far points are moved at most, in pixels.
  let warp: Float
  private let raggedness: Float
  private let coarse: NoiseField
  private let fine: NoiseField
  private let ruffles: NoiseField

  /// Draws it for cells of a look and a mean diameter.
  init(
    _ look: CrowdLook, extent: Int, diameter: Float, using generator: inout SeededGenerator
  ) {
    let spacing = diameter * generator.drawLogarithmic(0.5...4)
    warp = min(diameter * generator.draw(look.warp), 0.16 * spacing)
    let grain = max(diameter * generator.drawLogarithmic(0.04...0.3), 1.5)
    raggedness = min(diameter * generator.draw(look.raggedness), 0.35 * grain)
    coarse = NoiseField(extent: extent, spacing: spacing, using: &generator)
    fine = NoiseField(
      extent: extent, spacing: grain, using: &generator)
    ruffles = NoiseField(
      extent: extent, spacing: max(diameter * generator.draw(0.04...0.3), 1.5),
      stretch: generator.draw(1...2.5), angle: generator.angle(), using: &generator)
  }

  /// How far a place is moved.
  func bend(at point: SIMD2<Float>) -> SIMD2<Float> {
    warp * SIMD2(coarse[point.x, point.y], coarse[point.y, point.x])
  }

  /// How far an edge at a place lies outside of where it should, in pixels.
  func edge(at point: SIMD2<Float>) -> Float { raggedness * fine[point.x, point.y] }

  /// Unevenness of a surface in -1...1.
  func ruffle(at point: SIMD2<Float>) -> Float { ruffles[point.x, point.y] }
}

import Basics
import Foundation

/// What makes the cells of a tissue irregular: bends, edges, ruffles and folds.
struct Surface {
  private let coarse: NoiseField
  private let fine: NoiseField
  private let ruffles: NoiseField
  private let folds: NoiseField

  /// Draws it over a square of `extent` pixels.
  init(
    extent: Int, scale: Float, tension: ClosedRange<Float>,
    using generator: inout SeededGenerator
  ) {
    coarse = NoiseField(extent: extent, spacing: 22 * scale, using: &generator)
    fine = NoiseField(extent: extent, spacing: max(4.5 * scale, 1.5), using: &generator)
    let turn = generator.angle()
    ruffles = NoiseField(
      extent: extent, spacing: max(2.6 * scale, 1.2), angle: turn, using: &generator)
    folds = NoiseField(
      extent: extent, spacing: max(generator.draw(2.5...7) * scale, 1.5),
      stretch: generator.draw(tension), angle: turn + 0.6, using: &generator)
  }

  /// Signed distance of a place from a cell's edge, about: negative inside.
  func distance(of cell: SimulatedCell, from point: SIMD2<Float>) -> Float {
    cell.outline.distance(from: point + cell.bend(at: point, by: coarse))
      + cell.raggedness * fine[point.x, point.y]
  }

  /// Unevenness of a cell's surface in about -1...1.
  func ruffle(at point: SIMD2<Float>) -> Float {
    0.6 * ruffles[point.x, point.y] + 0.6 * folds[point.x, point.y]
  }

  /// Points of a cell's edge, against its middle, as that sees them in 20 directions, and the tips of its arms.
  func rim(of cell: SimulatedCell) -> [SIMD2<Float>] {
    let center = cell.outline.center
    let tips = cell.outline.capsules.map { $0.end - center }
    return tips
      + (0..<20).map { index in
        let direction = SIMD2<Float>(toward: 2 * .pi * Float(index) / 20)
        var far: Float = 0
        for _ in 0..<30 {
          let distance = distance(of: cell, from: center + direction * far)
          if distance > -0.5 { break }
          far += max(-0.9 * distance, 0.7)
        }
        return direction * far
      }
  }
}

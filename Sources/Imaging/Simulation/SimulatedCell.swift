import Basics
import Foundation

/// A cell: its outline, and how thick it is where.
struct SimulatedCell {
  /// What it looks like from above.
  let kind: CellKind
  private(set) var outline: CellOutline
  /// Phase at its thickest, nucleus apart.
  let phase: Float
  /// Depth below the outline at which the rim has its full height.
  let rim: Float
  /// Share of the height that the rim has; the rest rises towards the middle.
  let rimShare: Float
  /// How much higher than the rim the middle is.
  let dome: Float
  /// Amplitude of the bends of its outline.
  let warp: Float
  /// Amplitude of the irregularities of its edge.
  let raggedness: Float
  /// Strength of its folds as a part of its height.
  let ruffles: Float
  /// Phase that the nucleus adds.
  let nucleusPhase: Float
  /// Half the nucleus' length and width.
  let nucleus: SIMD2<Float>
  /// Depth at which ruffles heap up behind the edge, and how wide.
  private let heap: (depth: Float, width: Float)

  /// Draws a cell of a kind at a place.
  init(
    _ kind: CellKind, at center: SIMD2<Float>, angle: Float, scale: Float, filopodia: Float,
    settings: SimulationSettings, using generator: inout SeededGenerator
  ) {
    self.kind = kind
    outline = CellOutline(
      kind, at: center, angle: angle, scale: scale, filopodia: filopodia, using: &generator)
    let radius = outline.bodyRadius
    // Irregularities grow with the cell, but less than it.
    let detail = scale.squareRoot()
    let raggedness = generator.draw(settings.raggedness) * detail
    dome = generator.draw(settings.dome)
    let phases: ClosedRange<Float>
    (phases, rim, rimShare, warp) =
      switch kind {
      case .spindle, .branched: (settings.spindlePhase, radius * 0.8, 0.75, 3 * scale)
      case .spread, .polygonal: (settings.spreadPhase, 3 * scale, 0.55, 4 * scale)
      case .flat, .fan: (settings.flatPhase, 2.5 * scale, 0.6, 5 * scale)
      case .rounded: (settings.roundedPhase, radius, 0.9, 2 * scale)
      case .rod: (settings.roundedPhase, radius, 0.9, 0.5 * scale)
      case .mitotic: (settings.mitoticPhase, radius, 1, 0.7 * scale)
      case .dead: (settings.deadPhase, radius * 0.5, 0.9, scale)
      }
    phase = generator.draw(phases)
    self.raggedness = kind.isHigh ? 0.25 * raggedness : raggedness
    ruffles = kind == .mitotic ? 0.02 : generator.draw(settings.ruffles)
    nucleusPhase = kind.isHigh ? 0 : generator.draw(settings.nucleusPhase)
    let length = min(max(radius * generator.draw(0.75...1.0), 3.5 * scale), 9 * scale)
    nucleus = SIMD2(
      length * (kind == .spindle ? 1.4 : 1), length * generator.draw(0.65...0.9))
    heap = (1.6 * detail, 1.3 * detail)
  }

  /// The same cell at another place.
  func moved(by step: SIMD2<Float>) -> SimulatedCell {
    var cell = self
    cell.outline = outline.moved(by: step)
    return cell
  }

  /// Phase of the cell at a place `depth` pixels inside its outline; `ruffle` is noise in -1...1.
  func thickness(at point: SIMD2<Float>, depth: Float, ruffle: Float) -> Float {
    // A circular arc: as steep as a drop at the edge, level on top.
    let t = min(max(depth / rim, 0), 1)
    let arc = (t * (2 - t)).squareRoot()
    let rise = 1 - exp(-depth / (1.2 * outline.bodyRadius))
    var height = phase * (rimShare * arc + (1 - rimShare) * dome * rise)
    // Folds all over, and ruffles heaped up along the edge.
    let edge = (depth - heap.depth) / heap.width
    let heaped = edge * edge < 8 ? exp(-edge * edge / 2) : 0
    height *= max(1 + ruffles * (1.6 * ruffle + 2.2 * max(ruffle, 0) * heaped), 0)
    let inside = nucleusDepth(at: point)
    if inside > 0 { height += nucleusPhase * min(1, 3 * inside) }
    return height
  }

  /// How far the outline is bent aside at a place.
  func bend(at point: SIMD2<Float>, by noise: NoiseField) -> SIMD2<Float> {
    warp * SIMD2(noise[point.x, point.y], noise[point.y, point.x])
  }

  /// 1 in the middle of the nucleus, 0 at its rim, negative outside.
  func nucleusDepth(at point: SIMD2<Float>) -> Float {
    let offset = point - outline.center
    let along = (offset * outline.axis).sum() / nucleus.x
    let across = (offset.x * -outline.axis.y + offset.y * outline.axis.x) / nucleus.y
    return 1 - along * along - across * across
  }
}

import Basics
import Foundation
import Imaging
import Project
import Recipes

extension Augmentation {
  /// Draws what some steps come to.
  ///
  /// Whatever their order, pictures are mirrored, turned by quarters, moved, bent and put into another light
  /// in this order; turns and shifts of several steps add up.
  init(_ steps: [AugmentationStep], using generator: inout SeededGenerator) {
    self.init()
    var motion = Motion()
    for step in steps where generator.chance(step.probability) {
      let change = step.choices[generator.index(below: step.choices.count)]
      switch change.kind {
      case .verticalFlip: flipsRows.toggle()
      case .horizontalFlip: flipsColumns.toggle()
      case .quarterTurn: quarterTurns = (quarterTurns + generator.index(below: 4)) % 4
      case .rotation, .shift, .scale, .shear: motion.draw(change, using: &generator)
      case .elastic, .grid, .optical:
        distortions.append(Distortion(change, using: &generator))
      case .clahe, .brightness, .contrast, .gamma, .noise, .blur:
        photometry.draw(change, using: &generator)
      }
    }
    affine = AffineMap(
      angle: motion.angle, scale: 1 / motion.zoom, shear: motion.shear, x0: motion.x0,
      y0: motion.y0)
  }

  /// What an affine map is made of.
  private struct Motion {
    var angle = 0.0
    var zoom = 1.0
    var shear = 0.0
    var x0 = 0.0
    var y0 = 0.0

    mutating func draw(_ change: AugmentationStep.Change, using generator: inout SeededGenerator) {
      let limit = change.limit ?? 0
      switch change.kind {
      case .rotation: angle += generator.uniform(either: limit) * .pi / 180
      case .scale: zoom *= exp(generator.uniform(either: log(1 + limit)))
      case .shear: shear += generator.uniform(either: limit)
      default:
        // A share of the side is twice as much in coordinates from -1 to 1.
        x0 += 2 * generator.uniform(either: limit)
        y0 += 2 * generator.uniform(either: limit)
      }
    }
  }
}

extension Distortion {
  /// Draws one of a kind that bends.
  fileprivate init(
    _ change: AugmentationStep.Change, using generator: inout SeededGenerator
  ) {
    let limit = change.limit ?? 0
    switch change.kind {
    case .grid:
      func widths() -> [Double] { (0..<5).map { _ in 1 + generator.uniform(either: limit) } }
      let columns = widths()
      self = .grid(columns: columns, rows: widths())
    case .optical:
      let distortion = generator.uniform(either: limit)
      let x0 = generator.uniform(either: 0.05)
      self = .optical(distortion: distortion, x0: x0, y0: generator.uniform(either: 0.05))
    default:
      self = .elastic(alpha: limit, sigma: change.sigma ?? 6, seed: generator.next())
    }
  }
}

extension Photometry {
  /// Draws one change of the grey values.
  fileprivate mutating func draw(
    _ change: AugmentationStep.Change, using generator: inout SeededGenerator
  ) {
    let limit = change.limit ?? 0
    switch change.kind {
    case .clahe: equalization = LocalEqualization(clipLimit: generator.uniform(1..<max(limit, 1)))
    case .brightness: brightness += generator.uniform(either: limit)
    case .contrast: contrast *= 1 + generator.uniform(either: limit)
    case .gamma: gamma *= exp(generator.uniform(either: log(1 + limit)))
    case .noise:
      noise = generator.uniform(0..<limit)
      noiseSeed = generator.next()
    default: blur = generator.uniform(0..<limit)
    }
  }
}

extension SeededGenerator {
  /// A number between `-limit` and `limit`.
  fileprivate mutating func uniform(either limit: Double) -> Double { uniform(-limit..<limit) }
}

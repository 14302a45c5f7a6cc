import Basics
import Foundation
import Imaging
import Recipes

extension Augmentation {
  /// Draws one of a kind; nothing is drawn for none.
  init(_ kind: Recipe.Augmentation, using generator: inout SeededGenerator) {
    switch kind {
    case .none: self.init()
    case .standard: self.init(using: &generator)
    case .strong: self.init(strongUsing: &generator)
    case .paper: self.init(Recipe.Augmentation.paperSteps, using: &generator)
    case .steps(let steps): self.init(steps, using: &generator)
    }
  }

  /// Draws one of standard strength, with the same choices and ranges as the reference script's: each
  /// mirroring with probability 1/2, any quarter turn, then rotation within 0.35 rad, scale
  /// `exp(-0.22)...exp(0.22)`, shear within 0.15 and a shift within 0.12 of half the side.
  init(using generator: inout SeededGenerator) {
    flipsRows = generator.chance(0.5)
    flipsColumns = generator.chance(0.5)
    quarterTurns = generator.index(below: 4)
    let angle = generator.uniform(-0.35..<0.35)
    let scale = exp(generator.uniform(-0.22..<0.22))
    let shear = generator.uniform(-0.15..<0.15)
    affine = AffineMap(
      angle: angle, scale: scale, shear: shear, x0: generator.uniform(-0.12..<0.12),
      y0: generator.uniform(-0.12..<0.12))
  }

  /// Draws one of great strength: mirrorings and shear as above, any rotation, cells 0.6 to 1.6 times as
  /// large, and any `Photometry`.
  private init(strongUsing generator: inout SeededGenerator) {
    flipsRows = generator.chance(0.5)
    flipsColumns = generator.chance(0.5)
    let angle = generator.uniform(-.pi..<(.pi))
    let zoom = exp(generator.uniform(log(0.6)..<log(1.6)))
    let shear = generator.uniform(-0.15..<0.15)
    affine = AffineMap(
      angle: angle, scale: 1 / zoom, shear: shear, x0: generator.uniform(-0.12..<0.12),
      y0: generator.uniform(-0.12..<0.12))
    photometry = Photometry(using: &generator)
  }

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
  fileprivate init(_ change: AugmentationStep.Change, using generator: inout SeededGenerator) {
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
  /// Draws one: gamma and contrast within `exp(-0.4)...exp(0.4)`, brightness within 0.15, in a third of
  /// the images a blur of 0.3 to 1.5 pixels, in half of them noise of up to 0.05.
  init(using generator: inout SeededGenerator) {
    gamma = exp(generator.uniform(-0.4..<0.4))
    contrast = exp(generator.uniform(-0.4..<0.4))
    brightness = generator.uniform(-0.15..<0.15)
    let (isBlurred, sigma) = (generator.chance(1 / 3), generator.uniform(0.3..<1.5))
    blur = isBlurred ? sigma : 0
    let (isNoisy, deviation) = (generator.chance(0.5), generator.uniform(0..<0.05))
    noise = isNoisy ? deviation : 0
    noiseSeed = generator.next()
  }

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

import Basics
import Foundation
import Imaging
import Project
import Recipes

/// What is done to one training image and its mask: mirrored, turned by quarters, then moved and bent, and
/// last the image alone put into another light.
///
/// However it is moved, each of its values is looked up once.
struct Augmentation: Equatable, Sendable {
  /// Whether the rows are turned upside down.
  var flipsRows = false
  /// Whether every row is mirrored.
  var flipsColumns = false
  /// Counterclockwise quarter turns, 0...3, after the mirroring.
  var quarterTurns = 0
  /// What comes then.
  var affine = AffineMap()
  /// How the moved picture is bent, the last one first.
  var distortions: [Distortion] = []
  /// What is done to the grey values at the end.
  var photometry = Photometry()

  /// Leaves everything as it is.
  init() {}

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

  /// The image and its mask, moved alike, the image in its light.
  func applied(to crop: Crop) -> Crop {
    var moved = crop
    if movesPixels {
      var field = SamplingField(side: crop.side)
      for distortion in distortions { distortion.move(&field) }
      if affine != AffineMap() { affine.move(&field) }
      orient(&field)
      moved = field.applied(to: crop)
    }
    moved.image = photometry.applied(to: moved.image, side: moved.side)
    return moved
  }

  private var movesPixels: Bool {
    flipsRows || flipsColumns || quarterTurns != 0 || affine != AffineMap() || !distortions.isEmpty
  }

  private func orient(_ field: inout SamplingField) {
    let last = Float(field.side - 1)
    field.map { column, row in
      var (y, x) =
        switch quarterTurns {
        case 1: (column, last - row)
        case 2: (last - row, last - column)
        case 3: (last - column, row)
        default: (row, column)
        }
      if flipsRows { y = last - y }
      if flipsColumns { x = last - x }
      return (x, y)
    }
  }
}

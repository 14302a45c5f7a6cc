import Foundation
import Imaging
import Project

/// What is done to one training image and its mask: mirrored, turned by quarters, then moved, and last
/// the image alone put into another light.
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
  /// What is done to the grey values at the end.
  var photometry = Photometry()

  /// Leaves everything as it is.
  init() {}

  /// Draws one of a strength; nothing is drawn for none.
  init(_ strength: Recipe.Augmentation, using generator: inout SeededGenerator) {
    switch strength {
    case .none: self.init()
    case .standard: self.init(using: &generator)
    case .strong: self.init(strongUsing: &generator)
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
      xx: cos(angle) * scale, xy: -sin(angle) * scale + shear,
      x0: generator.uniform(-0.12..<0.12),
      yx: sin(angle) * scale, yy: cos(angle) * scale,
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
      xx: cos(angle) / zoom, xy: -sin(angle) / zoom + shear,
      x0: generator.uniform(-0.12..<0.12),
      yx: sin(angle) / zoom, yy: cos(angle) / zoom,
      y0: generator.uniform(-0.12..<0.12))
    photometry = Photometry(using: &generator)
  }

  /// The image and its mask, moved alike, the image in its light.
  func applied(to crop: Crop) -> Crop {
    let oriented = oriented(crop)
    var moved = affine == AffineMap() ? oriented : affine.applied(to: oriented)
    moved.image = photometry.applied(to: moved.image, side: moved.side)
    return moved
  }

  private func oriented(_ crop: Crop) -> Crop {
    guard flipsRows || flipsColumns || quarterTurns != 0 else { return crop }
    let side = crop.side
    let last = side - 1
    var result = crop
    for row in 0..<side {
      for column in 0..<side {
        var (y, x) =
          switch quarterTurns {
          case 1: (column, last - row)
          case 2: (last - row, last - column)
          case 3: (last - column, row)
          default: (row, column)
          }
        if flipsRows { y = last - y }
        if flipsColumns { x = last - x }
        result.image[row * side + column] = crop.image[y * side + x]
        result.mask[row * side + column] = crop.mask[y * side + x]
      }
    }
    return result
  }
}

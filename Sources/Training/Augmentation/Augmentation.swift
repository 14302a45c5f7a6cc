import Foundation
import Imaging

/// What is done to one training image and its mask: mirrored, turned by quarters, then moved a little.
///
/// The same choices and ranges as the reference script's: each mirroring with probability 1/2, any
/// quarter turn, then rotation within 0.35 rad, scale `exp(-0.22)...exp(0.22)`, shear within 0.15
/// and a shift within 0.12 of half the side.
struct Augmentation: Equatable, Sendable {
  /// Whether the rows are turned upside down.
  var flipsRows = false
  /// Whether every row is mirrored.
  var flipsColumns = false
  /// Counterclockwise quarter turns, 0...3, after the mirroring.
  var quarterTurns = 0
  /// What comes last.
  var affine = AffineMap()

  /// Leaves everything as it is.
  init() {}

  /// Draws one.
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

  /// The image and its mask, changed alike.
  func applied(to crop: Crop) -> Crop {
    let oriented = oriented(crop)
    return affine == AffineMap() ? oriented : affine.applied(to: oriented)
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

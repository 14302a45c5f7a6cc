import Basics
import Foundation
import Imaging

/// How an image's grey values change while its mask stays: contrast, sharpness, brightness, noise.
///
/// What a microscope's focus, lamp and camera do differently from day to day. Contrast is never inverted:
/// whether a cell is brighter or darker than its halo is what phase contrast tells it by.
struct Photometry: Equatable, Sendable {
  /// How local contrast is evened out, before all else; nil for not at all.
  var equalization: LocalEqualization?
  /// Standard deviation of the blur in pixels; 0 for none.
  var blur = 0.0
  /// Power that the grey values are raised to.
  var gamma = 1.0
  /// Factor of the differences from the middle grey.
  var contrast = 1.0
  /// What is added to every grey value.
  var brightness = 0.0
  /// Standard deviation of the noise; 0 for none.
  var noise = 0.0
  /// Starts the noise.
  var noiseSeed: UInt64 = 0

  /// A plane of 0...1 in this light, within 0...1.
  func applied(to plane: [Float], side: Int) -> [Float] {
    guard self != Photometry() else { return plane }
    var values = equalization?.applied(to: plane, side: side) ?? plane
    if blur > 0 {
      let bell = GaussianFilter(
        sigma: blur, reach: Int((3 * blur).rounded(.up)), border: .repeated)
      values = bell.applied(to: values, side: side)
    }
    let (power, factor, offset) = (Float(gamma), Float(contrast), Float(brightness))
    var generator = SeededGenerator(seed: noiseSeed)
    return values.map { value in
      let lit = (pow(max(0, value), power) - 0.5) * factor + 0.5 + offset
      let grain = noise > 0 ? Float(noise * generator.normal()) : 0
      return min(1, max(0, lit + grain))
    }
  }
}

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

  /// Leaves everything as it is.
  init() {}

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
    for index in values.indices {
      let value = pow(max(0, values[index]), power)
      values[index] = (value - 0.5) * factor + 0.5 + offset
    }
    if noise > 0 {
      var generator = SeededGenerator(seed: noiseSeed)
      for index in values.indices { values[index] += Float(noise * generator.normal()) }
    }
    for index in values.indices { values[index] = min(1, max(0, values[index])) }
    return values
  }
}

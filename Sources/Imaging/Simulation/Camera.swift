import Foundation

/// Turns intensities into grey values: uneven light, counted photons, read noise, whole numbers.
struct Camera {
  /// Intensity of the plain background.
  let background: Float
  /// Grey of the background, as a part of the range.
  let level: Float
  /// Photons that a background pixel counts.
  let photons: Float
  /// Read noise in photons.
  let readNoise: Float
  /// Coefficients of the light's unevenness: slopes, then curvatures.
  let slope: SIMD2<Float>
  let curvature: SIMD2<Float>

  /// Draws a camera for a picture whose background has a given intensity.
  init(
    background: Float, settings: SimulationSettings, using generator: inout SeededGenerator
  ) {
    self.background = background
    level = generator.draw(settings.backgroundLevel)
    photons = generator.draw(settings.photons)
    readNoise = generator.draw(settings.readNoise)
    let unevenness = generator.draw(settings.unevenness)
    let turn = generator.draw(0...(2 * .pi))
    let share = generator.draw(0...1)
    slope = SIMD2(cos(turn), sin(turn)) * unevenness * share
    curvature =
      SIMD2(generator.draw(0.5...1), generator.draw(0.5...1)) * -unevenness * (1 - share)
  }

  /// Takes a picture of `width * height` intensities.
  func picture(
    of intensities: [Float], width: Int, height: Int, bitDepth: Int,
    using generator: inout SeededGenerator
  ) -> Image {
    let range = Float((1 << bitDepth) - 1)
    var values: [Float] = []
    values.reserveCapacity(width * height)
    for y in 0..<height {
      let v = 2 * (Float(y) + 0.5) / Float(height) - 1
      for x in 0..<width {
        let u = 2 * (Float(x) + 0.5) / Float(width) - 1
        let light =
          1 + slope.x * u + slope.y * v + curvature.x * u * u + curvature.y * v * v
        let mean = intensities[y * width + x] / background * light * photons
        let counted = mean + noise(of: mean, using: &generator)
        values.append(min(max((counted / photons * level * range).rounded(), 0), range))
      }
    }
    return Image(width: width, height: height, bitDepth: bitDepth, values: values)
  }

  /// Shot noise and read noise together; with this many photons Poisson's law is a normal one.
  private func noise(of mean: Float, using generator: inout SeededGenerator) -> Float {
    (max(mean, 0) + readNoise * readNoise).squareRoot() * Float(generator.normal())
  }
}

import Basics
import Foundation

/// Turns intensities into grey values: uneven light, dust, counted photons, read noise, a curve,
/// smoothing or sharpening, whole numbers.
struct Camera {
  /// A speck on the camera's window.
  private struct Speck {
    var place: SIMD2<Float>
    var radius: Float
    var depth: Float
  }

  /// Intensity of the plain background.
  private let background: Float
  /// Grey of the background, as a part of the range.
  private let level: Float
  /// Photons that a background pixel counts.
  private let photons: Float
  /// Read noise in photons.
  private let readNoise: Float
  /// Coefficients of the light's unevenness: slopes, then curvatures.
  private let slope: SIMD2<Float>
  private let curvature: SIMD2<Float>
  private let gamma: Float
  /// Weight of the neighbours against the pixel itself.
  private let filter: Float
  private let specks: [Speck]

  /// Draws a camera for a picture of `size` pixels whose background has a given intensity.
  init(
    background: Float, size: Int, settings: SimulationSettings,
    using generator: inout SeededGenerator
  ) {
    self.background = background
    level = generator.drawLogarithmic(settings.backgroundLevel)
    photons = generator.drawLogarithmic(settings.photons)
    readNoise = generator.draw(settings.readNoise)
    let unevenness = generator.draw(settings.unevenness)
    let turn = generator.angle()
    let share = generator.draw(0...1)
    slope = SIMD2(toward: turn) * unevenness * share
    curvature = generator.place(in: 0.5...1) * -unevenness * (1 - share)
    gamma = generator.drawLogarithmic(settings.gamma)
    let strength = generator.draw(settings.filterStrength)
    filter = generator.chance(settings.filterRate) ? strength : 0
    let count = generator.chance(settings.dustRate) ? 1 + generator.index(below: 6) : 0
    specks = (0..<count).map { _ in
      Speck(
        place: generator.place(in: 0...1) * Float(size), radius: generator.draw(2...14),
        depth: generator.draw(0.05...0.4))
    }
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
        let light = 1 + slope.x * u + slope.y * v + curvature.x * u * u + curvature.y * v * v
        values.append(intensities[y * width + x] / background * light * photons)
      }
    }
    for speck in specks { shade(&values, by: speck, width: width, height: height) }
    for index in values.indices { values[index] += noise(of: values[index], using: &generator) }
    if filter != 0 { spread(&values, width: width, height: height) }
    let scale = level * range
    for index in values.indices {
      let relative = max(values[index] / photons, 0)
      let curved = gamma == 1 ? relative : pow(relative, gamma)
      values[index] = min((curved * scale).rounded(), range)
    }
    return Image(width: width, height: height, bitDepth: bitDepth, values: values)
  }

  private func shade(_ values: inout [Float], by speck: Speck, width: Int, height: Int) {
    let reach = 2 * speck.radius
    let rows = max(Int(speck.place.y - reach), 0)..<min(Int(speck.place.y + reach) + 1, height)
    let columns = max(Int(speck.place.x - reach), 0)..<min(Int(speck.place.x + reach) + 1, width)
    for y in rows {
      for x in columns {
        let offset = (SIMD2(Float(x), Float(y)) - speck.place) / speck.radius
        values[y * width + x] *= 1 - speck.depth * exp(-(offset * offset).sum())
      }
    }
  }

  /// Shot noise and read noise together; with this many photons Poisson's law is a normal one.
  private func noise(of mean: Float, using generator: inout SeededGenerator) -> Float {
    (max(mean, 0) + readNoise * readNoise).squareRoot() * Float(generator.normal())
  }

  /// Smooths or sharpens along rows, then along columns.
  private func spread(_ values: inout [Float], width: Int, height: Int) {
    let middle = 1 / (1 + 2 * filter)
    let beside = filter * middle
    func pass(_ count: Int, _ step: Int, from start: Int) {
      var before = values[start]
      for index in 0..<count {
        let place = start + index * step
        let here = values[place]
        let after = index + 1 < count ? values[place + step] : here
        values[place] = middle * here + beside * (before + after)
        before = here
      }
    }
    for y in 0..<height { pass(width, 1, from: y * width) }
    for x in 0..<width { pass(height, width, from: x) }
  }
}

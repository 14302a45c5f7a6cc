import Basics
import Foundation

/// Makes phase-contrast images of cells with exact masks, by the physics of the microscope.
///
/// A culture of cells has an optical thickness p at each pixel. The light behind it is `exp(i p)`; the
/// pupil of a Zernike microscope filters it (see ``Pupil``), and the camera counts the squared
/// modulus. Halos, shade-off and the bright cells in division are not painted: they follow.
/// The field is simulated with a margin on all sides, so cells at the border are cut and nothing
/// wraps around.
public struct Simulator: Sendable {
  private let settings: SimulationSettings

  /// Takes what the pictures may be like.
  public init(_ settings: SimulationSettings = SimulationSettings()) { self.settings = settings }

  /// Makes the picture of a seed and its exact mask: always the same for the same seed, size and settings.
  ///
  /// Debris is not in the mask; every pixel of a cell is, and what its blur covers, see `maskReach`. The
  /// picture has 16 to 4000 pixels a row and as many rows, with grey values of 8 or 16 bits.
  public func image(seed: UInt64, size: Int, bitDepth: Int = 16) -> (image: Image, mask: Mask) {
    precondition((16...4000).contains(size), "no picture of \(size) pixels")
    var generator = SeededGenerator(seed: seed, stream: 0x51)
    let side = Self.paddedSide(of: size)
    var culture = Culture(side: side, size: size, settings: settings, using: &generator)
    let map = culture.grow(using: &generator)
    let pupil = drawPupil(scale: culture.scale, using: &generator)
    let margin = (side - size) / 2
    let intensities = Self.expose(map, through: pupil, margin: margin, size: size)
    let camera = Camera(
      background: Self.median(of: intensities), size: size, settings: settings,
      using: &generator)
    let image = camera.picture(
      of: intensities, width: size, height: size, bitDepth: bitDepth, using: &generator)
    let reach = min(settings.maskReach / pupil.aperture, 1.5)
    return (image, map.mask(size: size, margin: reach))
  }

  /// The power of two that leaves room for the widest halo on both sides.
  static func paddedSide(of size: Int) -> Int {
    var side = 64
    while side < size + 96 { side *= 2 }
    return side
  }

  /// Intensities behind the microscope, `size * size` from the middle of the map.
  static func expose(
    _ map: PhaseMap, through pupil: Pupil, margin: Int, size: Int
  ) -> [Float] {
    let transform = FourierTransform(side: map.side)
    let lanes = FourierTransform.lanes
    var field = transform.makeField()
    for place in field.real.indices {
      var (real, imaginary) = (SIMD16<Float>(repeating: 1), SIMD16<Float>.zero)
      for lane in 0..<lanes {
        let phase = map.phase[place * lanes + lane]
        real[lane] = cos(phase)
        imaginary[lane] = sin(phase)
      }
      field.real[place] = real
      field.imaginary[place] = imaginary
    }
    transform.forward(&field)
    pupil.filter(&field, of: transform)
    transform.inverse(&field)
    var intensities: [Float] = []
    intensities.reserveCapacity(size * size)
    for y in margin..<margin + size {
      for x in margin..<margin + size {
        let (place, lane) = ((y * map.side + x) / lanes, x % lanes)
        let (real, imaginary) = (field.real[place][lane], field.imaginary[place][lane])
        intensities.append(real * real + imaginary * imaginary)
      }
    }
    return intensities
  }

  /// The middle one of every seventh intensity: what the exposure is set by.
  private static func median(of intensities: [Float]) -> Float {
    let some = stride(from: 0, to: intensities.count, by: 7).map { intensities[$0] }.sorted()
    return max(some[some.count / 2], 1e-6)
  }

  private func drawPupil(scale: Float, using generator: inout SeededGenerator) -> Pupil {
    // Small cells are seen by sharp lenses only.
    let aperture = max(generator.draw(settings.aperture), 0.18 / scale)
    let contrast = generator.draw(
      Contrast.allCases.map { (choice: $0, share: settings.contrasts[$0] ?? 0) })
    var phase = generator.draw(settings.defocus)
    if contrast == .brightField {
      // In focus there is nothing to see.
      phase += phase < 0 ? -2 : 2
    }
    // A stronger objective makes cells and halos larger together; other rings come in between.
    let radius = generator.drawLogarithmic(settings.ringRadius) / pow(scale, 0.6)
    let turn = generator.angle()
    let isOblique = generator.chance(settings.obliqueRate)
    let obliqueness = generator.draw(settings.obliqueness)
    return Pupil(
      contrast: contrast, ringRadius: min(max(radius, 0.004), 0.12),
      ringSoftness: generator.draw(settings.ringSoftness),
      ringAmplitude: generator.draw(settings.ringAmplitude), aperture: aperture,
      apertureSoftness: generator.draw(settings.apertureSoftness),
      defocus: phase / (aperture * aperture), direction: SIMD2(toward: turn),
      obliqueness: isOblique ? obliqueness : 0, shear: generator.draw(1...6),
      bias: generator.draw(0.35...1))
  }
}

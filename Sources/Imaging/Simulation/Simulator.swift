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

  /// Makes the picture of a seed and its exact mask: those of ``picture(seed:size:bitDepth:)``.
  public func image(seed: UInt64, size: Int, bitDepth: Int = 16) -> (image: Image, mask: Mask) {
    let (image, cells) = picture(seed: seed, size: size, bitDepth: bitDepth)
    return (image, cells.mask)
  }

  /// Makes the picture of a seed and which of its pixels are which cell's: always the same for the same
  /// seed, size and settings.
  ///
  /// Debris is no cell; every pixel of a cell is, and what its blur covers, see `maskReach`. Cells count
  /// from 1 without a gap in the order of their first pixels. One that others cut into visible pieces keeps
  /// its number in all of them; but pieces of less than ten pixels, or of a 25th of the picture's median
  /// cell, belong to a neighbour if they have one. The picture has 16 to 4000 pixels a row and as many
  /// rows, with grey values of 8 or 16 bits.
  public func picture(
    seed: UInt64, size: Int, bitDepth: Int = 16
  ) -> (image: Image, cells: LabelImage) {
    precondition((16...4000).contains(size), "no picture of \(size) pixels")
    // Of its own stream, so that pictures without a crowd are what they are without crowds.
    var chooser = SeededGenerator(seed: seed, stream: 0x52)
    if chooser.chance(settings.crowdRate) {
      return crowd(size: size, bitDepth: bitDepth, using: &chooser)
    }
    var generator = SeededGenerator(seed: seed, stream: 0x51)
    let side = Self.paddedSide(of: size)
    var culture = Culture(side: side, size: size, settings: settings, using: &generator)
    let map = culture.grow(using: &generator)
    return take(
      map, size: size, bitDepth: bitDepth, scale: culture.scale, isCrowd: false,
      using: &generator)
  }

  /// Makes the picture of a crowd.
  private func crowd(
    size: Int, bitDepth: Int, using generator: inout SeededGenerator
  ) -> (image: Image, cells: LabelImage) {
    let crowd = Crowd(size: size, settings: settings, using: &generator)
    let map = crowd.grow(side: Self.paddedSide(of: size), using: &generator)
    return take(
      map, size: size, bitDepth: bitDepth, scale: crowd.scale, isCrowd: true, using: &generator)
  }

  /// Takes the picture of a map through a microscope that is drawn for it.
  private func take(
    _ map: PhaseMap, size: Int, bitDepth: Int, scale: Float, isCrowd: Bool,
    using generator: inout SeededGenerator
  ) -> (image: Image, cells: LabelImage) {
    var pupil = drawPupil(scale: scale, isCrowd: isCrowd, using: &generator)
    let intensities: [Float]
    if isCrowd, !pupil.contrast.hasRing, generator.chance(settings.crowds.openRate) {
      pupil.shear = generator.draw(settings.crowds.shear)
      intensities = pupil.openIntensities(of: map, size: size)
    } else {
      intensities = Self.expose(
        map, through: pupil, margin: (map.side - size) / 2, size: size)
    }
    let camera = Camera(
      background: Self.exposure(of: intensities, highlight: isCrowd), size: size,
      settings: settings, using: &generator)
    let image = camera.picture(
      of: intensities, width: size, height: size, bitDepth: bitDepth, using: &generator)
    let reach = min(settings.maskReach / pupil.aperture, 1.5)
    return (image, map.cells(size: size, margin: reach, keepsScraps: !isCrowd))
  }

  /// The power of two that leaves room for the widest halo on both sides.
  static func paddedSide(of size: Int) -> Int {
    var side = 64
    while side < size + 96 { side *= 2 }
    return side
  }

  private func drawPupil(
    scale: Float, isCrowd: Bool, using generator: inout SeededGenerator
  ) -> Pupil {
    let contrasts = isCrowd ? settings.crowds.contrasts : settings.contrasts
    // Small cells are seen by sharp lenses only, and those that touch by sharper ones.
    let least = isCrowd ? min(0.24 / scale, settings.aperture.upperBound) : 0.18 / scale
    let aperture = max(generator.draw(settings.aperture), least)
    let contrast = generator.draw(
      Contrast.allCases.map { (choice: $0, share: contrasts[$0] ?? 0) })
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

import Basics
import Foundation
import Testing

@testable import Imaging

/// What tells simulated pictures apart: shapes, dirt, kinds of contrast, cameras.
struct SimulatedVarietyTests {
  @Test func `cells are 8 to 200 pixels long over the range of magnifications`() {
    let settings = SimulationSettings()
    var generator = SeededGenerator(seed: 4)
    var lengths: [Float] = []
    for kind in CellKind.allCases {
      for magnification in [settings.magnification.lowerBound, settings.magnification.upperBound] {
        for _ in 0..<20 {
          let outline = CellOutline(
            kind, at: .zero, angle: 1, scale: magnification, filopodia: 1, using: &generator)
          #expect(outline.reach > 0 && outline.reach < 600, "\(kind) at \(magnification)")
          #expect(outline.distance(from: outline.center) < 0, "\(kind) without a middle")
          lengths.append(2 * outline.reach)
        }
      }
    }
    lengths.sort()
    #expect(lengths[lengths.count / 20] < 8 && lengths[lengths.count * 19 / 20] > 200)
  }

  @Test func `a star with straight edges is a polygon`() {
    let tips = (0..<4).map {
      StarOutline.Tip(
        angle: .pi / 4 + Float($0) * .pi / 2, radius: 20 * Float(2).squareRoot(), sag: 0)
    }
    let square = StarOutline(center: SIMD2(5, -3), tips: tips)
    // Straight between the tips, whose roundness is a few hundredths of the radius.
    for (x, expected): (Float, Float) in [(0, -20), (10, -10), (20, 0), (25, 5)] {
      #expect(abs(square.distance(from: SIMD2(5 + x, -3)) - expected) < 0.5, "at \(x)")
    }
    #expect(square.distance(from: SIMD2(5 + 19, -3 + 10)) < 0)
    #expect(square.distance(from: SIMD2(5 + 21, -3 + 10)) > 0)
    let hollow = StarOutline(
      center: .zero,
      tips: tips.map { StarOutline.Tip(angle: $0.angle, radius: $0.radius, sag: 0.5) })
    #expect(hollow.radius(toward: 0) < 0.8 * 20)
  }

  @Test func `noise stays within its bounds and runs along its grain`() {
    var generator = SeededGenerator(seed: 8)
    let noise = NoiseField(extent: 200, spacing: 5, stretch: 6, angle: 0.4, using: &generator)
    var (along, across): (Float, Float) = (0, 0)
    let direction = SIMD2<Float>(cos(0.4), sin(0.4))
    for _ in 0..<2000 {
      let place = SIMD2(generator.draw(10...190), generator.draw(10...190))
      let here = noise[place.x, place.y]
      #expect(abs(here) <= 1)
      let (ahead, beside) = (place + direction * 3, place + SIMD2(-direction.y, direction.x) * 3)
      along += abs(noise[ahead.x, ahead.y] - here)
      across += abs(noise[beside.x, beside.y] - here)
    }
    #expect(along < 0.4 * across, "\(along) along, \(across) across")
  }

  @Test(arguments: [Contrast.positivePhase, .negativePhase])
  func `a thin ripple is dark or bright where it is thick`(contrast: Contrast) {
    let (amplitude, ripple) = (Float(0.4), Float(0.02))
    let pupil = Pupil(
      contrast: contrast, ringRadius: 0.01, ringSoftness: 0.1, ringAmplitude: amplitude,
      aperture: 0.4, defocus: 0)
    let seen = seen(through: pupil) { x, _ in ripple * cos(2 * .pi * Float(x) / 8) }
    let sign: Float = contrast == .positivePhase ? -1 : 1
    for x in 0..<64 {
      let phase = ripple * cos(2 * .pi * Float(x) / 8)
      let expected = (amplitude + sign * phase) * (amplitude + sign * phase)
      #expect(abs(seen[32 * 64 + x] - expected) < 2e-3)
    }
  }

  @Test func `bright field shows nothing in focus`() {
    let sharp = Pupil(
      contrast: .brightField, ringRadius: 0.01, ringSoftness: 0.1, ringAmplitude: 0.4,
      aperture: 0.45, defocus: 0)
    var blurred = sharp
    blurred.defocus = 20
    func spread(_ pupil: Pupil) -> Float {
      let seen = seen(through: pupil) { x, _ in 0.1 * cos(2 * .pi * Float(x) / 8) }
      return (seen.max() ?? 0) - (seen.min() ?? 0)
    }
    // Only the second order of the phase is left.
    #expect(spread(sharp) < 0.011 && spread(blurred) > 0.05)
  }

  @Test func `interference contrast is a relief and oblique light has a bright side`() {
    let relief = Pupil(
      contrast: .differentialInterference, ringRadius: 0.01, ringSoftness: 0.1,
      ringAmplitude: 0.4, aperture: 0.4, defocus: 0, shear: 3, bias: 0.7)
    #expect(flanks(relief) > 0.01)
    var phase = Pupil(
      ringRadius: 0.02, ringSoftness: 0.2, ringAmplitude: 0.4, aperture: 0.3, defocus: 0)
    #expect(flanks(phase) < 1e-3)
    phase.obliqueness = 0.8
    #expect(flanks(phase) > 0.01)
  }

  @Test func `dirt is no cell, and there is none behind a wall`() {
    var settings = SimulationSettings()
    settings.clumpRate = 1
    settings.gravelRate = 1
    settings.scratchRate = 1
    settings.wallRate = 0
    var generator = SeededGenerator(seed: 12)
    var map = PhaseMap(side: 128)
    let dirt = Dirt(settings: settings, scale: 1, ground: 0...128, using: &generator)
    dirt.strew(over: &map, using: &generator)
    #expect(map.owner.allSatisfy { $0 < 0 } && map.phase.contains { abs($0) > 0.05 })
    var culture = Culture(side: 128, size: 64, settings: settings, using: &generator)
    var grown = culture.grow(using: &generator)
    #expect(grown.owner.contains { $0 >= 0 })
    grown.addWall(beyond: SIMD2(64, 64), direction: SIMD2(1, 0), phase: 2, width: 1)
    for y in 0..<128 {
      for x in 65..<128 { #expect(grown.owner[y * 128 + x] < 0) }
      #expect(abs(grown.phase[y * 128 + 127] - 2) < 1e-4)
    }
  }

  @Test func `a culture may be empty, and its first cell is seen otherwise`() {
    var settings = SimulationSettings()
    settings.coverage = 0.001...0.001
    settings.wallRate = 0
    settings.emptyRate = 0
    for seed in UInt64(0)..<12 {
      #expect(Simulator(settings).image(seed: seed, size: 64).mask.area > 0, "seed \(seed)")
    }
    settings.emptyRate = 1
    #expect(Simulator(settings).image(seed: 1, size: 64).mask.area == 0)
  }

  @Test func `a camera's filter keeps the mean and its curve the order`() {
    var settings = SimulationSettings.plain
    settings.photons = 1e6...1e6
    settings.readNoise = 0...0
    settings.unevenness = 0...0
    settings.filterRate = 1
    settings.filterStrength = 0.5...0.5
    let bright = (0..<64 * 64).map { Float(1 + $0 % 2) }
    func take(_ settings: SimulationSettings) -> [Float] {
      var generator = SeededGenerator(seed: 2)
      let camera = Camera(background: 1, size: 64, settings: settings, using: &generator)
      return camera.picture(
        of: bright, width: 64, height: 64, bitDepth: 16, using: &generator
      ).values
    }
    let smooth = take(settings)
    settings.filterRate = 0
    let plain = take(settings)
    let (a, b) = (smooth.reduce(0, +), plain.reduce(0, +))
    #expect(abs(a / b - 1) < 2e-3)
    #expect(abs(smooth[101] - smooth[100]) < 0.5 * abs(plain[101] - plain[100]))
    settings.gamma = 0.5...0.5
    let curved = take(settings)
    // Counts of 1 and 2 become 1 and the root of 2, but for shot noise of a thousandth.
    #expect(abs(curved[101] / curved[100] - Float(2).squareRoot()) < 0.02)
  }

  @Test func `a contact sheet shows each picture beside its mask's edge`() throws {
    var sheet = ContactSheet(size: 4, columns: 2)
    let image = Image(
      width: 4, height: 4, bitDepth: 8, values: (0..<16).map { Float($0 < 8 ? 0 : 200) })
    let mask = Mask(
      width: 4, height: 4, pixels: [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    for _ in 0..<3 { sheet.add(image, mask) }
    let shown = try ImageFile.decode(sheet.png, name: "sheet.png")
    #expect(shown.width == 16 && shown.height == 8)
    #expect(shown.values.max() == 255)
    var plain = ContactSheet(size: 4, columns: 1)
    plain.add(
      Image(width: 4, height: 4, bitDepth: 32, values: Array(repeating: 0.6, count: 16)),
      Mask(width: 4, height: 4), stretched: false)
    #expect(try ImageFile.decode(plain.png, name: "plain.png").values.allSatisfy { $0 == 153 })
  }

  private func seen(
    through pupil: Pupil, phase: (_ x: Int, _ y: Int) -> Float
  ) -> [Float] {
    Simulator.expose(PhaseMap(side: 64, phase: phase), through: pupil, margin: 0, size: 64)
  }

  /// How much the two halves of a disc's picture differ, as a part of it all.
  private func flanks(_ pupil: Pupil) -> Float {
    let seen = seen(through: pupil) { x, y in
      let (u, v) = (Float(x) - 32, Float(y) - 32)
      return (u * u + v * v).squareRoot() < 9 ? 0.5 : 0
    }
    // The spectrum stands transposed, so the pupil's direction may be along rows or columns.
    var differences = SIMD2<Float>.zero
    var total: Float = 0
    for step in 1...14 {
      for beside in 26...38 {
        let row = SIMD2(seen[beside * 64 + 32 - step], seen[beside * 64 + 32 + step])
        let column = SIMD2(seen[(32 - step) * 64 + beside], seen[(32 + step) * 64 + beside])
        differences += SIMD2(row.x - row.y, column.x - column.y) * (step > 7 ? 1 : -1)
        total += row.sum()
      }
    }
    return max(abs(differences.x), abs(differences.y)) / total
  }
}

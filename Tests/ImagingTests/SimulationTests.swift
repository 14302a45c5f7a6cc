import Basics
import Foundation
import Testing

@testable import Imaging

struct SimulationTests {
  @Test func `a seed names a picture`() {
    let simulator = Simulator()
    let (image, mask) = simulator.image(seed: 5, size: 96)
    let again = simulator.image(seed: 5, size: 96)
    #expect(again.image == image && again.mask == mask)
    #expect(simulator.image(seed: 6, size: 96).image != image)
  }

  @Test(arguments: [8, 16]) func `a picture has cells, ground, depth and the size asked for`(
    bits: Int
  ) {
    var settings = SimulationSettings()
    settings.crowdRate = 0
    for seed in UInt64(0)..<8 {
      let (image, mask) = Simulator(settings).image(seed: seed, size: 128, bitDepth: bits)
      #expect(image.width == 128 && image.height == 128 && image.bitDepth == bits)
      #expect(mask.width == 128 && mask.height == 128)
      let range = Float((1 << bits) - 1)
      #expect(image.values.allSatisfy { $0 >= 0 && $0 <= range && $0 == $0.rounded() })
      #expect(Set(image.values).count > 20, "seed \(seed)")
      let coverage = Double(mask.area) / Double(128 * 128)
      #expect(coverage < 0.95, "seed \(seed): \(coverage)")
    }
  }

  @Test func `cells lie where the mask says and debris does not count`() {
    // Without anything but cells in clean medium, phase is where the mask is, and only there.
    var settings = SimulationSettings.plain
    settings.nucleusPhase = 0...0
    settings.debrisDensity = 0...0
    settings.floaterDensity = 0...0
    settings.mediumPhase = 0...0
    var generator = SeededGenerator(seed: 3)
    var clean = Culture(side: 256, size: 256, settings: settings, using: &generator)
    let map = clean.grow(using: &generator)
    for (phase, owner) in zip(map.phase, map.owner) {
      #expect(owner >= 0 ? phase != 0 : phase == 0)
    }
    #expect(map.owner.count { $0 >= 0 } == map.cellPixels)
    settings.debrisDensity = 30...30
    settings.debrisPhase = 0.1...1.4
    settings.emptyRate = 1
    var dirty = Culture(side: 256, size: 256, settings: settings, using: &generator)
    let ground = dirty.grow(using: &generator)
    #expect(ground.owner.allSatisfy { $0 < 0 } && ground.phase.contains { $0 > 0.05 })
  }

  @Test func `nothing wraps around the border`() {
    // A thick cell at the left border of the picture must not change the right one.
    let pupil = Pupil(
      ringRadius: 0.01, ringSoftness: 0.2, ringAmplitude: 0.4, aperture: 0.3, defocus: 0)
    let side = Simulator.paddedSide(of: 128)
    let margin = (side - 128) / 2
    #expect(margin >= 48)
    let map = PhaseMap(side: side) { x, y in
      abs(x - margin) < 8 && abs(y - side / 2) < 8 ? 2 : 0
    }
    let seen = Simulator.expose(map, through: pupil, margin: margin, size: 128)
    let background = pupil.ringAmplitude * pupil.ringAmplitude
    for y in 0..<128 { #expect(abs(seen[y * 128 + 127] / background - 1) < 0.1) }
  }

  @Test func `a set has files of all kinds, and the masks asked for`() throws {
    var set = SampleSet(count: 5, size: 64, seed: 9, labelled: 2)
    let pictures = (0..<5).map { set.picture(at: $0) }
    #expect(
      pictures.map(\.path) == [
        "sim-01.png", "sim-02.tif", "sim-03.png", "sim-04.tif", "sim-05.png",
      ])
    #expect(pictures.map { $0.mask != nil } == [true, true, false, false, false])
    let depths = try pictures.map { try ImageFile.decode($0.image, name: $0.path).bitDepth }
    #expect(depths == [8, 16, 16, 8, 8])
    set.labelled = 5
    let all = (0..<5).map { set.picture(at: $0) }
    #expect(all.map(\.image) == pictures.map(\.image))
    #expect(all.allSatisfy { $0.mask != nil })
  }

  @Test func `masks of a set are 0 and 255, and label images of the same cells when asked for`()
    throws
  {
    var set = SampleSet(count: 2, size: 96, seed: 4, format: .png8, settings: .crowded)
    let plain = (0..<2).map { set.picture(at: $0) }
    set.tellsCellsApart = true
    for (index, picture) in plain.enumerated() {
      let told = set.picture(at: index)
      #expect(told.image == picture.image && told.maskPath == picture.maskPath)
      let (cells, unknown) = try LabelFile.read(#require(told.mask), file: told.maskPath)
      let pixels = set.pixels(at: index)
      #expect(picture.mask == MaskFile.encode(pixels.mask))
      #expect(cells.mask == pixels.mask && unknown == nil)
      let seed = 4 * 1_000_003 + UInt64(index)
      #expect(Simulator(.crowded).picture(seed: seed, size: 96, bitDepth: 8).cells == cells)
    }
  }
}

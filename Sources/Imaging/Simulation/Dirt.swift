import Basics
import Foundation

/// What lies in a culture and is no cell: debris, grains, scratches, walls, an uneven medium.
struct Dirt {
  private let settings: SimulationSettings
  private let scale: Float
  private let ground: ClosedRange<Float>
  /// Direction of the ground's grain, and how much longer than wide it is.
  private let grain: (angle: Float, stretch: Float)

  /// Draws which way the ground's grain runs.
  init(
    settings: SimulationSettings, scale: Float, ground: ClosedRange<Float>,
    using generator: inout SeededGenerator
  ) {
    self.settings = settings
    self.scale = scale
    self.ground = ground
    grain = (generator.angle(), generator.draw(settings.grain))
  }

  /// Puts dirt of every kind onto a map.
  func strew(over map: inout PhaseMap, using generator: inout SeededGenerator) {
    addDebris(to: &map, using: &generator)
    if generator.chance(settings.clumpRate) { addClumps(to: &map, using: &generator) }
    addFloaters(to: &map, using: &generator)
    if generator.chance(settings.ringRate) { addRings(to: &map, using: &generator) }
    if generator.chance(settings.gravelRate) { addGravel(to: &map, using: &generator) }
    let medium = NoiseField(
      extent: map.side, spacing: generator.draw(8...45), stretch: grain.stretch,
      angle: grain.angle, using: &generator)
    map.addMedium(medium, amplitude: generator.draw(settings.mediumPhase))
    if generator.chance(settings.roughRate) { roughen(&map, using: &generator) }
    if generator.chance(settings.scratchRate) { addScratches(to: &map, using: &generator) }
    if generator.chance(settings.wallRate) { addWall(to: &map, using: &generator) }
  }

  private var area: Float {
    let extent = ground.upperBound - ground.lowerBound
    return extent * extent / 10_000
  }

  private func addDebris(to map: inout PhaseMap, using generator: inout SeededGenerator) {
    // Dirt is as small beside large cells as beside small ones, but for the microscope.
    let size = scale.squareRoot()
    for _ in 0..<Int(area * generator.draw(settings.debrisDensity)) {
      let place = generator.place(in: ground)
      let crumbs = generator.chance(0.2) ? 2 + generator.index(below: 4) : 1
      for _ in 0..<crumbs {
        map.addSpot(
          at: place + (crumbs > 1 ? generator.scatter() * (3 * size) : .zero),
          radius: size * generator.draw(settings.debrisRadius),
          phase: generator.draw(settings.debrisPhase))
      }
    }
  }

  /// Heaps of many crumbs, lying or floating.
  private func addClumps(to map: inout PhaseMap, using generator: inout SeededGenerator) {
    let count = max(1, Int(area * generator.draw(settings.clumpDensity)))
    let (crumb, strength) = (generator.draw(0.8...2), generator.draw(0.15...0.9))
    for _ in 0..<count {
      let place = generator.place(in: ground)
      let width = generator.drawLogarithmic(2...12)
      for _ in 0..<Int(width * generator.draw(2...9)) {
        map.addSpot(
          at: place + generator.scatter() * (width * 0.6),
          radius: crumb * generator.draw(0.6...1.6), phase: strength * generator.draw(-0.6...1.5))
      }
    }
  }

  private func addFloaters(to map: inout PhaseMap, using generator: inout SeededGenerator) {
    for _ in 0..<Int(area * generator.draw(settings.floaterDensity)) {
      map.addSpot(
        at: generator.place(in: ground), radius: generator.draw(6...20) * max(scale, 0.6),
        phase: generator.draw(-0.15...0.25))
    }
  }

  /// Things far out of focus: rings around a middle that is bright or dark.
  private func addRings(to map: inout PhaseMap, using generator: inout SeededGenerator) {
    let period = generator.draw(3...10)
    for _ in 0..<max(1, Int(area * generator.draw(settings.ringDensity))) {
      map.addRings(
        at: generator.place(in: ground), radius: period * generator.draw(0.8...2.5),
        period: period * generator.draw(0.8...1.2), phase: generator.draw(-0.5...0.5))
    }
  }

  /// Grains all over, below the cells, too; in patches.
  private func addGravel(to map: inout PhaseMap, using generator: inout SeededGenerator) {
    let patches = NoiseField(
      extent: map.side, spacing: generator.draw(15...60), using: &generator)
    let peak = generator.draw(settings.gravelPhase)
    let radius = generator.draw(settings.gravelRadius)
    let (patchiness, dents) = (generator.draw(0...1), generator.draw(0...1))
    for _ in 0..<Int(area * generator.drawLogarithmic(settings.gravelDensity)) {
      let place = generator.place(in: ground)
      let size = radius * generator.draw(0.6...1.3)
      let phase = peak * generator.draw(0.3...1) * (generator.chance(dents) ? -1 : 1)
      let share = generator.draw(-1...1)
      if share * patchiness > patches[place.x, place.y] { continue }
      map.addSpot(at: place, radius: size, phase: phase)
    }
  }

  /// Bumps of two sizes all over.
  private func roughen(_ map: inout PhaseMap, using generator: inout SeededGenerator) {
    let spacing = generator.drawLogarithmic(settings.roughSpacing)
    let phase = generator.draw(settings.roughPhase)
    for (width, share) in [(spacing, Float(1)), (2.3 * spacing, 0.7)] {
      let bumps = NoiseField(
        extent: map.side, spacing: width, stretch: 1 + 0.4 * (grain.stretch - 1),
        angle: grain.angle + share, using: &generator)
      map.addMedium(bumps, amplitude: share * phase)
    }
  }

  private func addScratches(to map: inout PhaseMap, using generator: inout SeededGenerator) {
    let angle = generator.angle()
    for _ in 0..<1 + generator.index(below: 5) {
      let turn = angle + generator.draw(-0.2...0.2)
      let start = generator.place(in: ground)
      let end = start + SIMD2(toward: turn) * generator.draw(20...300)
      map.addLine(
        from: start, to: end, width: generator.draw(0.5...1.6), phase: generator.draw(-0.5...0.6))
    }
  }

  private func addWall(to map: inout PhaseMap, using generator: inout SeededGenerator) {
    let direction = SIMD2(toward: generator.angle())
    let middle = SIMD2<Float>(repeating: (ground.lowerBound + ground.upperBound) / 2)
    let half = (ground.upperBound - ground.lowerBound) / 2
    map.addWall(
      beyond: middle + direction * half * generator.draw(0.3...0.7), direction: direction,
      phase: generator.draw(-4...4), width: generator.draw(0.5...4))
  }
}

import Basics
import Foundation

/// Grows cells that are bodies in a packing: yeasts, bacteria, epithelia, heaps.
struct Colonies {
  private let kind: CrowdKind
  private let diameter: Float
  private let ground: ClosedRange<Float>
  private let settings: CrowdSettings
  private let look: CrowdLook
  /// How many cells there are to be.
  private let count: Int
  private let isLawn: Bool
  private let isPile: Bool

  /// Draws what the colonies are like.
  init(
    _ kind: CrowdKind, diameter: Float, coverage: Float, ground: ClosedRange<Float>,
    settings: CrowdSettings, using generator: inout SeededGenerator
  ) {
    self.kind = kind
    self.diameter = diameter
    self.ground = ground
    self.settings = settings
    look = settings.looks[kind] ?? .heap
    let extent = ground.upperBound - ground.lowerBound
    let cell = 0.25 * .pi * diameter * diameter
    count = min(max(Int(coverage * 0.9 * extent * extent / cell), 4), 6000)
    isLawn = generator.chance(look.lawnRate)
    isPile = kind == .heap && generator.chance(settings.pileRate)
  }

  /// Grows them on a map.
  func grow(on map: inout PhaseMap, using generator: inout SeededGenerator) {
    let bodies = pack(using: &generator)
    let relief = CrowdRelief(look, diameter: diameter, using: &generator)
    let space = Space(look, extent: map.side, diameter: diameter, using: &generator)
    let heights = bodies.map { _ in
      relief.height * (1 + relief.unevenness * generator.draw(-1...1))
    }
    func thickness(_ index: Int, _ point: SIMD2<Float>, _ depth: Float) -> Float {
      relief.thickness(
        depth: depth, radius: bodies[index].radius, height: heights[index],
        ruffle: space.ruffle(at: point))
    }
    for (index, body) in bodies.enumerated() {
      let reach = body.reach + space.warp
      if isPile {
        map.stack(
          Int32(index), around: body.center, reach: reach, above: generator.chance(0.5),
          distance: { body.distance(from: $0 + space.bend(at: $0)) + space.edge(at: $0) },
          thickness: { thickness(index, $0, $1) })
      } else {
        map.lay(
          Int32(index), around: body.center, reach: reach,
          distance: { body.distance(from: $0 + space.bend(at: $0)) },
          edge: { space.edge(at: $0) })
      }
    }
    if !isPile { map.raise(thickness) }
    for (index, body) in bodies.enumerated() {
      relief.fill(body, index, height: heights[index], of: &map, using: &generator)
    }
  }

  /// The bodies, where they lie on the ground.
  private func pack(using generator: inout SeededGenerator) -> [CrowdBody] {
    let give = generator.draw(look.give)
    var packing = Packing(give: give, grip: generator.draw(settings.grip))
    let spread = generator.draw(look.spread)
    let elongation = generator.draw(look.elongation)
    let grain = generator.chance(look.alignmentRate) ? generator.angle() : nil
    func newborn(_ generator: inout SeededGenerator) -> CrowdBody {
      self.newborn(spread, elongation, grain: grain, &generator)
    }
    if kind == .bacteria {
      packRods(into: &packing, using: &generator)
    } else if isLawn {
      packing.strew(count, over: ground, using: &generator, newborn: newborn)
    } else {
      packing.bodies = (0..<founders(of: count, using: &generator)).map { _ in
        newborn(&generator)
      }
      packing.bodies[0].center = center(using: &generator)
      packing.multiply(to: count, using: &generator, newborn: newborn)
    }
    if kind == .yeast {
      let rate = generator.draw(settings.budRate)
      packing.bud(rate: rate, size: settings.bud, using: &generator)
    }
    if kind == .epithelium {
      // They fill what is left between them.
      for index in packing.bodies.indices { packing.bodies[index].radius *= 1.25 }
    }
    packing.keep { ground.contains($0.center.x) && ground.contains($0.center.y) }
    return packing.bodies
  }

  private func packRods(into packing: inout Packing, using generator: inout SeededGenerator) {
    let width = max(diameter * generator.draw(settings.rodWidth), 3.5)
    let length = generator.draw(settings.rodLength)
    let filaments =
      generator.chance(settings.filamentRate) ? generator.draw(settings.filaments) : 0
    func limit(_ generator: inout SeededGenerator) -> Float {
      let isFilament = generator.chance(filaments)
      return width * length * generator.draw(0.85...1.15) * (isFilament ? 5 : 1)
    }
    let area = 0.25 * .pi * diameter * diameter
    let count = max(Int(Float(count) * area / (width * width * length * 0.7)), 2)
    // Rods that lie crosswise from the beginning would never come apart.
    let few = max(count / 8, 1)
    for _ in 0..<(isLawn ? few : founders(of: few, using: &generator)) {
      var rod = CrowdBody(
        isRod: true, center: generator.place(in: ground), axis: SIMD2(toward: generator.angle()),
        half: 0, radius: width / 2 * (1 + 0.05 * generator.draw(-1...1)))
      rod.limit = limit(&generator)
      rod.half = rod.limit * generator.draw(0.2...0.4)
      packing.bodies.append(rod)
    }
    packing.bodies[0].center = center(using: &generator)
    packing.divide(to: count, using: &generator, limit: limit)
  }

  /// How many cells are there from the beginning; the others lie beside these.
  private func founders(of count: Int, using generator: inout SeededGenerator) -> Int {
    let share = generator.drawLogarithmic(settings.founders)
    return min(max(Int(Float(count) * share), 1), count)
  }

  /// A place that is seen in any case, for the first cell.
  private func center(using generator: inout SeededGenerator) -> SIMD2<Float> {
    let middle = (ground.lowerBound + ground.upperBound) / 2
    let half = 0.25 * (ground.upperBound - middle)
    return generator.place(in: middle - half...middle + half)
  }

  /// An oval somewhere on the ground.
  private func newborn(
    _ spread: Float, _ elongation: Float, grain: Float?, _ generator: inout SeededGenerator
  ) -> CrowdBody {
    let width = diameter * exp(spread * Float(generator.normal()))
    let length = 1 + (elongation - 1) * generator.draw(0.3...1.4)
    let radius = 0.5 * width / length.squareRoot()
    let angle = grain.map { $0 + generator.draw(-0.4...0.4) } ?? generator.angle()
    return CrowdBody(
      center: generator.place(in: ground), axis: SIMD2(toward: angle),
      half: radius * (length - 1), radius: radius)
  }
}

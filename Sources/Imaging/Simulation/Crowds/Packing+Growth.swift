import Basics
import Foundation

extension Packing {
  /// Lays bodies out over all of a square with about the same distance from each other.
  mutating func strew(
    _ count: Int, over ground: ClosedRange<Float>, using generator: inout SeededGenerator,
    newborn: (inout SeededGenerator) -> CrowdBody
  ) {
    let side = Int(Float(count).squareRoot().rounded(.up))
    let spacing = (ground.upperBound - ground.lowerBound) / Float(side)
    for index in 0..<side * side {
      let corner = SIMD2(Float(index % side), Float(index / side)) + generator.place(in: 0...1)
      var body = newborn(&generator)
      body.center = corner * spacing + ground.lowerBound
      if generator.chance(Float(count) / Float(side * side)) { bodies.append(body) }
    }
    relax(rounds: 16)
  }

  /// Lets round cells bud or divide until there are so many; each new one lies beside its mother.
  mutating func multiply(
    to count: Int, using generator: inout SeededGenerator,
    newborn: (inout SeededGenerator) -> CrowdBody
  ) {
    while bodies.count < count {
      let births = min(max(bodies.count / 6, 1), count - bodies.count)
      for _ in 0..<births {
        let mother = bodies[generator.index(below: bodies.count)]
        let direction = SIMD2<Float>(toward: generator.angle())
        bodies.append(newborn(&generator).moved(beside: mother, toward: direction))
      }
      relax(rounds: 4)
    }
    relax(rounds: 12)
  }

  /// Lets a part of the cells have a bud of so much of their size.
  mutating func bud(
    rate: Float, size: ClosedRange<Float>, using generator: inout SeededGenerator
  ) {
    for mother in bodies where generator.chance(rate) {
      var bud = mother
      bud.radius *= generator.draw(size)
      bud.half *= 0.5 * bud.radius / mother.radius
      // Its long axis points away from its mother.
      bud.axis = SIMD2(toward: generator.angle())
      bodies.append(bud.moved(beside: mother, toward: bud.axis))
    }
    relax(rounds: 6)
  }

  /// Lets rods grow and divide until there are so many, each new one at a `limit` of length drawn for it.
  mutating func divide(
    to count: Int, using generator: inout SeededGenerator,
    limit: (inout SeededGenerator) -> Float
  ) {
    while bodies.count < count {
      for index in bodies.indices {
        bodies[index].half += 0.08 * bodies[index].reach
        guard 2 * bodies[index].reach > bodies[index].limit else { continue }
        let turns = (generator.draw(-0.1...0.1), generator.draw(-0.1...0.1))
        let halves = bodies[index].halves(
          turned: turns, limits: (limit(&generator), limit(&generator)))
        bodies[index] = halves.0
        bodies.append(halves.1)
      }
      relax(rounds: 6)
    }
    relax(rounds: 24)
  }
}

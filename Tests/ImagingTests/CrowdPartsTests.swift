import Basics
import Foundation
import Testing

@testable import Imaging

/// What crowds are made of: bodies, packings, cells over each other, an open condenser.
struct CrowdPartsTests {
  private let disc = CrowdBody(center: SIMD2(3, 4), axis: SIMD2(1, 0), half: 0, radius: 5)
  private let rod = CrowdBody(
    isRod: true, center: .zero, axis: SIMD2(0, 1), half: 10, radius: 4, limit: 100)

  @Test func `a body's edge is where its shape says`() {
    #expect(abs(disc.distance(from: SIMD2(3, 11)) - 2) < 1e-4)
    #expect(abs(disc.distance(from: SIMD2(5, 4)) + 3) < 1e-4)
    var oval = disc
    oval.half = 3
    #expect(abs(oval.distance(from: SIMD2(11, 4))) < 1e-4)
    #expect(abs(oval.distance(from: SIMD2(3, -1))) < 1e-4)
    #expect(oval.distance(from: oval.center) <= -5)
    #expect(abs(rod.distance(from: SIMD2(6, 9)) - 2) < 1e-4)
    #expect(abs(rod.distance(from: SIMD2(0, -15)) - 1) < 1e-4)
    var dividing = rod
    dividing.limit = 28
    #expect(dividing.distance(from: SIMD2(3.5, 0)) > 0 && rod.distance(from: SIMD2(3.5, 0)) < 0)
    #expect(abs(dividing.distance(from: SIMD2(4, 9))) < 0.1)
  }

  @Test func `the halves of a rod lie end to end where it lay`() {
    let (first, second) = rod.halves(turned: (0, 0.1), limits: (20, 30))
    #expect(abs(first.center.y - first.reach + rod.reach) < 1e-4)
    #expect(abs(first.center.y + first.reach - (second.center.y - second.reach)) < 1e-4)
    #expect(first.axis == rod.axis && second.axis.x < 0 && second.limit == 30)
  }

  @Test func `bodies end side by side, neither one over another nor apart`() {
    for seed in UInt64(0)..<8 {
      var generator = SeededGenerator(seed: seed)
      var packing = Packing(give: 0.05, grip: 0.3)
      packing.bodies = [disc]
      packing.multiply(to: 60, using: &generator) { generator in
        CrowdBody(
          center: .zero, axis: SIMD2(1, 0), half: 0, radius: generator.draw(4...6))
      }
      #expect(packing.bodies.count == 60)
      var alone = 0
      for (index, body) in packing.bodies.enumerated() {
        let gaps = packing.bodies.enumerated().filter { $0.offset != index }.map {
          ($0.element.center - body.center).length - $0.element.radius - body.radius
        }
        let nearest = gaps.min() ?? 9
        #expect(nearest > -0.45 * body.radius, "seed \(seed)")
        if nearest > 1 { alone += 1 }
      }
      #expect(alone < 3, "seed \(seed)")
    }
  }

  @Test func `rods grow to as many as asked for, none longer than its limit`() {
    var generator = SeededGenerator(seed: 2)
    var packing = Packing(give: 0.05, grip: 0.2)
    var first = rod
    first.limit = 30
    packing.bodies = [first]
    packing.divide(to: 40, using: &generator) { $0.draw(24...30) }
    #expect(packing.bodies.count >= 40 && packing.bodies.count < 80)
    #expect(packing.bodies.allSatisfy { 2 * $0.reach < 1.1 * $0.limit && $0.isRod })
    #expect(packing.bodies.allSatisfy { abs($0.axis.length - 1) < 1e-4 })
    // None through another one.
    for body in packing.bodies {
      let over = packing.bodies.count { $0.distance(from: body.center) < 0 }
      #expect(over == 1)
    }
  }

  @Test func `of two cells the upper one has the pixels, and their phases add`() {
    var map = PhaseMap(side: 64)
    func stack(_ index: Int32, at x: Float, above: Bool) {
      let body = CrowdBody(center: SIMD2(x, 32), axis: SIMD2(1, 0), half: 0, radius: 10)
      map.stack(
        index, around: body.center, reach: body.reach, above: above,
        distance: { body.distance(from: $0) }, thickness: { _, _ in Float(index + 1) })
    }
    stack(0, at: 25, above: true)
    stack(1, at: 38, above: true)
    stack(2, at: 12, above: false)
    let row = 32 * 64
    #expect(map.owner[row + 18] == 0 && map.owner[row + 31] == 1 && map.owner[row + 40] == 1)
    #expect(map.owner[row + 8] == 2 && map.owner[row + 55] == -1)
    #expect(map.phase[row + 18] == 1 + 3 && map.phase[row + 31] == 1 + 2)
    #expect(map.cellPixels == map.owner.count { $0 >= 0 })
    #expect(map.closest[row + 50] == 1)
    // The leftmost of three that begin in one row.
    #expect(map.cells(size: 64, margin: 0, keepsScraps: true)[8, 32] == 1)
  }

  @Test func `an open condenser shows slopes or curvature and nothing where it is flat`() {
    var pupil = Pupil(
      contrast: .differentialInterference, ringRadius: 0.02, ringSoftness: 0.2,
      ringAmplitude: 0.4, aperture: 0.3, defocus: 20, shear: 3, bias: 0.6)
    let ramp = PhaseMap(side: 128) { x, _ in x < 64 ? 0 : 0.2 * Float(x - 64) }
    let relief = pupil.openIntensities(of: ramp, size: 64)
    let plain = sin(Float(0.6)) * sin(Float(0.6))
    #expect(relief.count == 64 * 64)
    #expect(abs(relief[32 * 64 + 10] - plain) < 1e-4)
    let slope: Float = sin(0.6 + 0.3 / .pi)
    #expect(abs(relief[32 * 64 + 54] - slope * slope) < 1e-4)
    pupil.contrast = .brightField
    let over = pupil.openIntensities(of: ramp, size: 64)
    pupil.defocus = -20
    let under = pupil.openIntensities(of: ramp, size: 64)
    #expect(over[32 * 64 + 32] > 1.02 && under[32 * 64 + 32] < 0.98)
    #expect(abs(over[32 * 64 + 10] - 1) < 1e-4 && abs(under[32 * 64 + 54] - 1) < 1e-4)
  }

  @Test func `an exposure for highlights is no shorter than one for the middle`() {
    let dark = (0..<700).map { $0 % 7 == 0 && $0 < 560 ? Float(0.1) : 1 }
    #expect(Simulator.exposure(of: dark, highlight: false) == 0.1)
    #expect(Simulator.exposure(of: dark, highlight: true) == 0.5)
    let bright = [Float](repeating: 0.8, count: 70)
    #expect(Simulator.exposure(of: bright, highlight: true) == 0.8)
  }
}

import Basics
import Foundation
import Testing

@testable import Imaging

extension PhaseMap {
  /// A map without cells whose phase is a function of column and row.
  init(side: Int, phase: (_ x: Int, _ y: Int) -> Float) {
    self.init(side: side)
    for y in 0..<side {
      for x in 0..<side { self.phase[y * side + x] = phase(x, y) }
    }
  }
}

struct SimulationPhysicsTests {
  @Test func `the transform is the discrete Fourier transform, transposed and bit-reversed`() {
    let side = 16
    let transform = FourierTransform(side: side)
    var generator = SeededGenerator(seed: 1)
    var field = transform.makeField()
    for place in field.real.indices {
      for lane in 0..<16 {
        field.real[place][lane] = Float(generator.normal())
        field.imaginary[place][lane] = Float(generator.normal())
      }
    }
    let before = field
    transform.forward(&field)
    var largest = 0.0
    var worst = 0.0
    for row in 0..<side {
      for column in 0..<side {
        let fx = Double(transform.frequency(at: row))
        let fy = Double(transform.frequency(at: column))
        let expected = slowTransform(before, side: side, fx: fx, fy: fy)
        let found = (Double(field.real[row][column]), Double(field.imaginary[row][column]))
        largest = max(largest, hypot(expected.0, expected.1))
        worst = max(worst, hypot(expected.0 - found.0, expected.1 - found.1))
      }
    }
    #expect(worst < 1e-6 * largest, "off by \(worst) of \(largest)")
  }

  @Test(arguments: [16, 64, 256]) func `the inverse brings every value back`(side: Int) {
    let transform = FourierTransform(side: side)
    var generator = SeededGenerator(seed: 2)
    var field = transform.makeField()
    for place in field.real.indices {
      for lane in 0..<16 { field.real[place][lane] = Float(generator.normal()) }
    }
    let before = field
    transform.forward(&field)
    transform.inverse(&field)
    let worst = zip(before.real, field.real).map { ($0 - $1).max() }.max() ?? 1
    let rest = field.imaginary.map { $0.max() }.max() ?? 1
    #expect(abs(worst) < 1e-5 && abs(rest) < 1e-5)
  }

  @Test func `the ring dims and delays what was not bent, the aperture ends the rest`() {
    let pupil = Pupil(
      ringRadius: 0.015, ringSoftness: 0.2, ringAmplitude: 0.4, aperture: 0.3, defocus: 9)
    let straight = pupil.transmission(atSquare: 0)
    #expect(abs(straight.real) < 0.01 && abs(straight.imaginary + 0.4) < 0.01)
    let bent = pupil.transmission(atSquare: 0.04)
    #expect(abs(hypot(bent.real, bent.imaginary) - 1) < 0.01)
    #expect(abs(atan2(bent.imaginary, bent.real) - 0.36) < 0.01)
    #expect(pupil.transmission(atSquare: 0.36).real == 0)
  }

  @Test func `a thin ripple shows as Zernike says, darker where it is thicker`() {
    let (amplitude, ripple) = (Float(0.4), Float(0.02))
    let pupil = Pupil(
      ringRadius: 0.01, ringSoftness: 0.1, ringAmplitude: amplitude, aperture: 0.4, defocus: 0)
    let map = PhaseMap(side: 64) { x, _ in ripple * cos(2 * .pi * Float(x) / 8) }
    let seen = Simulator.expose(map, through: pupil, margin: 0, size: 64)
    for x in 0..<64 {
      let phase = ripple * cos(2 * .pi * Float(x) / 8)
      // |-i a + i p|^2 = (a - p)^2 to first order in p.
      let expected = (amplitude - phase) * (amplitude - phase)
      #expect(abs(seen[32 * 64 + x] - expected) < 2e-3)
    }
  }

  @Test func `a disc is dark with a bright halo, fades towards its middle, and thick ones shine`() {
    let pupil = Pupil(
      ringRadius: 0.015, ringSoftness: 0.2, ringAmplitude: 0.4, aperture: 0.3, defocus: 0)
    let background = pupil.ringAmplitude * pupil.ringAmplitude
    let thin = disc(phase: 0.25, radius: 40, pupil)
    #expect(thin(37) < 0.6 * background, "dark inside the edge")
    #expect(thin(43) > 1.2 * background, "halo outside")
    #expect(thin(0) > 1.3 * thin(37), "shade-off in the middle")
    #expect(abs(thin(120) / background - 1) < 0.1, "plain far away")
    let ball = disc(phase: 3, radius: 7, pupil)
    #expect(ball(0) > 3 * background, "a thick round cell shines")
  }

  /// Intensities along a row from the middle of a disc.
  private func disc(phase: Float, radius: Float, _ pupil: Pupil) -> (Int) -> Float {
    let map = PhaseMap(side: 256) { x, y in
      let (u, v) = (Float(x) - 128, Float(y) - 128)
      return (u * u + v * v).squareRoot() < radius ? phase : 0
    }
    let seen = Simulator.expose(map, through: pupil, margin: 0, size: 256)
    return { seen[128 * 256 + 128 + min($0, 127)] }
  }

  private func slowTransform(
    _ field: FourierTransform.Field, side: Int, fx: Double, fy: Double
  ) -> (Double, Double) {
    var sum = (0.0, 0.0)
    for y in 0..<side {
      for x in 0..<side {
        let angle = -2 * Double.pi * (fx * Double(x) + fy * Double(y))
        let (r, i) = (Double(field.real[y][x]), Double(field.imaginary[y][x]))
        sum.0 += r * cos(angle) - i * sin(angle)
        sum.1 += r * sin(angle) + i * cos(angle)
      }
    }
    return sum
  }
}

import Basics
import Foundation
import Imaging
import Recipes
import Testing

@testable import Training

struct PhotometryTests {
  private static let plane = TestCrops.crop(4).image

  private static func changed(_ change: (inout Photometry) -> Void) -> [Float] {
    var photometry = Photometry()
    change(&photometry)
    return photometry.applied(to: plane, side: 16)
  }

  @Test func `no choices leave an image as it is`() {
    #expect(Photometry().applied(to: Self.plane, side: 16) == Self.plane)
  }

  @Test func `gamma, contrast and brightness change each grey value by itself`() {
    for (found, value) in zip(Self.changed { $0.gamma = 2 }, Self.plane) {
      #expect(abs(found - value * value) < 1e-6)
    }
    for (found, value) in zip(Self.changed { $0.contrast = 0.5 }, Self.plane) {
      #expect(abs(found - (value + 0.5) / 2) < 1e-6)
    }
    for (found, value) in zip(Self.changed { $0.brightness = 0.4 }, Self.plane) {
      #expect(abs(found - min(1, value + 0.4)) < 1e-6)
    }
  }

  @Test func `a blur keeps an even grey and spreads a point as a bell`() {
    var photometry = Photometry()
    photometry.blur = 1
    let even = photometry.applied(to: [Float](repeating: 0.3, count: 256), side: 16)
    #expect(even.allSatisfy { abs($0 - 0.3) < 1e-6 })
    var point = [Float](repeating: 0, count: 256)
    point[7 * 16 + 8] = 1
    let bell = photometry.applied(to: point, side: 16)
    #expect(abs(bell.reduce(0, +) - 1) < 1e-5)
    #expect(abs(bell[7 * 16 + 9] / bell[7 * 16 + 8] - Float(exp(-0.5))) < 1e-5)
    #expect(abs(bell[9 * 16 + 7] / bell[7 * 16 + 8] - Float(exp(-2.5))) < 1e-5)
  }

  @Test func `noise has its deviation and follows from its seed`() {
    let grey = [Float](repeating: 0.5, count: 64 * 64)
    var photometry = Photometry()
    (photometry.noise, photometry.noiseSeed) = (0.05, 9)
    let noisy = photometry.applied(to: grey, side: 64)
    #expect(noisy == photometry.applied(to: grey, side: 64))
    let squares = noisy.reduce(0) { $0 + ($1 - 0.5) * ($1 - 0.5) } / Float(noisy.count)
    #expect(abs(squares.squareRoot() / 0.05 - 1) < 0.05)
    photometry.noiseSeed = 10
    #expect(photometry.applied(to: grey, side: 64) != noisy)
  }

  @Test func `drawn ones differ, keep to their ranges and keep dark dark`() {
    var generator = SeededGenerator(seed: 2)
    let drawn = (0..<300).map { _ in Photometry(using: &generator) }
    let factors = exp(-0.4001)...exp(0.4001)
    #expect(drawn.allSatisfy { factors.contains($0.gamma) && factors.contains($0.contrast) })
    #expect(drawn.allSatisfy { abs($0.brightness) <= 0.15 && (0...0.05).contains($0.noise) })
    #expect(drawn.allSatisfy { $0.blur == 0 || (0.3...1.5).contains($0.blur) })
    #expect((70...130).contains(drawn.count { $0.blur > 0 }))
    #expect((110...190).contains(drawn.count { $0.noise > 0 }))
    #expect(Set(drawn.map(\.gamma)).count == 300)
    let ramp = (0..<256).map { Float($0) / 255 }
    for var photometry in drawn.prefix(20) {
      photometry.noise = 0
      photometry.blur = 0
      let values = photometry.applied(to: ramp, side: 16)
      #expect(values.allSatisfy { (0...1).contains($0) })
      #expect(values == values.sorted())
    }
  }
}

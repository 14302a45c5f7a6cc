import Basics
import Foundation

extension SeededGenerator {
  /// A number of a closed range.
  mutating func draw(_ range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * Float(uniform())
  }

  /// A number of a closed range of positive numbers, evenly on a logarithmic scale.
  mutating func drawLogarithmic(_ range: ClosedRange<Float>) -> Float {
    range.lowerBound * pow(range.upperBound / range.lowerBound, Float(uniform()))
  }

  /// A direction in radians.
  mutating func angle() -> Float { draw(0...(2 * .pi)) }

  /// A place in a square.
  mutating func place(in side: ClosedRange<Float>) -> SIMD2<Float> { SIMD2(draw(side), draw(side)) }

  /// A place around the origin, of the normal distribution with standard deviation 1 either way.
  mutating func scatter() -> SIMD2<Float> { SIMD2(Float(normal()), Float(normal())) }

  /// One of some choices, each as often as its share tells.
  ///
  /// - Precondition: there is at least one choice.
  mutating func draw<Choice>(_ shares: [(choice: Choice, share: Float)]) -> Choice {
    let total = shares.reduce(0) { $0 + $1.share }
    var left = Float(uniform()) * total
    for (choice, share) in shares {
      left -= share
      if left < 0 { return choice }
    }
    return shares[shares.count - 1].choice
  }

  /// True with the given probability.
  mutating func chance(_ probability: Float) -> Bool { chance(Double(probability)) }
}

extension SIMD2<Float> {
  /// The unit vector in a direction, in radians.
  init(toward angle: Float) { self.init(cos(angle), sin(angle)) }

  /// How long it is.
  var length: Float { (self * self).sum().squareRoot() }
}

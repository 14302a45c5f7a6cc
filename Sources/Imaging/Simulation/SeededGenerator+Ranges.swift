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

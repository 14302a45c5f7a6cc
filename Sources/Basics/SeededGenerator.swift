import Foundation

/// A random number generator whose whole state is four words: the same seed gives the same numbers.
///
/// xoshiro256** (Blackman and Vigna 2018), its state filled by splitmix64 as its authors advise.
/// The state is saved with a checkpoint, so that a resumed run draws what an unbroken one would.
///
/// Kept by hand: Swift has no generator with a seed, and a run's draws are to be the same for ever.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Codable, Equatable {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// Starts the sequence of `seed`; streams of one seed are independent of each other.
  public init(seed: UInt64, stream: UInt64 = 0) {
    var mixer = seed ^ (stream &* 0xd134_2543_de82_ef95)
    s0 = Self.splitmix64(&mixer)
    s1 = Self.splitmix64(&mixer)
    s2 = Self.splitmix64(&mixer)
    s3 = Self.splitmix64(&mixer)
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let result = Self.rotated(s1 &* 5, by: 7) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = Self.rotated(s3, by: 45)
    return result
  }

  /// A number of the half-open range, every one of 2^53 steps equally likely.
  public mutating func uniform(_ range: Range<Double> = 0..<1) -> Double {
    let fraction = Double(next() >> 11) * 0x1p-53
    let value = range.lowerBound + (range.upperBound - range.lowerBound) * fraction
    return value < range.upperBound ? value : range.lowerBound
  }

  /// A number of the normal distribution with mean 0 and standard deviation 1 (Box and Muller).
  ///
  /// Always takes two draws, so that the sequence does not depend on what was asked before.
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  /// A whole number of `0..<count`, all equally likely.
  ///
  /// - Precondition: `count > 0`.
  public mutating func index(below count: Int) -> Int {
    precondition(count > 0, "no index below \(count)")
    let bound = UInt64(count)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// True with the given probability.
  public mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  /// The elements in a random order (Fisher and Yates), the same whatever Swift's own shuffle does.
  public mutating func shuffled<Element>(_ elements: some Sequence<Element>) -> [Element] {
    var result = Array(elements)
    for last in stride(from: result.count - 1, to: 0, by: -1) {
      result.swapAt(last, index(below: last + 1))
    }
    return result
  }

  private static func rotated(_ word: UInt64, by bits: UInt64) -> UInt64 {
    (word << bits) | (word >> (64 - bits))
  }

  private static func splitmix64(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

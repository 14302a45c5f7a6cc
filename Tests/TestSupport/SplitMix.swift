/// SplitMix64, a small seeded generator, whose draws the tolerances of the tests of kernels know.
public struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  /// Starts the sequence of a seed.
  public init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Values drawn evenly from a range.
  public mutating func floats(
    _ count: Int, in range: ClosedRange<Float> = -1...1
  ) -> [Float] {
    (0..<count).map { _ in Float.random(in: range, using: &self) }
  }
}

import Imaging

/// Tells whether pixels are those that were there before (FNV-1a over 32-bit words).
public struct PixelDigest: Sendable {
  private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Starts a digest of nothing.
  public init() {}

  /// The digest of a labelled image: its size, its pixels, its mask's.
  public init(of sample: Sample) {
    self.init()
    add(UInt32(truncatingIfNeeded: sample.image.width))
    add(sample.image.values)
    for pixel in sample.mask.pixels { add(UInt32(pixel)) }
  }

  /// Takes up the bits of values.
  mutating func add(_ values: [Float]) {
    for value in values { add(value.bitPattern) }
  }

  private mutating func add(_ word: UInt32) {
    hash = (hash ^ UInt64(word)) &* 0x0000_0100_0000_01b3
  }

  /// Sixteen hexadecimal digits.
  public var text: String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// A quick hash of 64 bits that tells things apart and guards no secret: FNV-1a by Fowler, Noll and Vo.
public struct FNV1a: Sendable {
  /// The hash of all that was added.
  public private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Sixteen hexadecimal digits.
  public var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Starts a hash of nothing.
  public init() {}

  /// Adds a byte, or a wider word as if it were one.
  public mutating func add(_ word: UInt64) {
    value = (value ^ word) &* 0x100_0000_01B3
  }
}

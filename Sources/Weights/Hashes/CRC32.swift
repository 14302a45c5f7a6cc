/// The checksum of ZIP files: CRC-32 of ISO 3309, the polynomial reversed.
enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
  }

  /// The checksum of bytes.
  static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
    let table = table
    var sum: UInt32 = .max
    for index in 0..<bytes.count {
      sum = sum >> 8 ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ bytes[index])]
    }
    return ~sum
  }
}

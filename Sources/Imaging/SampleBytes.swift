import Foundation

/// Samples as bytes in the machine's order, the form in which codecs take them.
enum SampleBytes {
  /// Rounds values and holds them to `0...2^bits - 1`.
  ///
  /// - Precondition: `bits` is 8 or 16.
  static func unsigned(_ values: [Float], bits: Int) -> [UInt8] {
    precondition(bits == 8 || bits == 16, "\(bits) bits a sample are not written")
    if bits == 8 {
      return values.map { UInt8(min(max($0.isNaN ? 0 : $0, 0), 255).rounded()) }
    }
    return of(values.map { UInt16(min(max($0.isNaN ? 0 : $0, 0), 65535).rounded()) })
  }

  /// The bytes of an array of numbers.
  static func of(_ numbers: [some BitwiseCopyable]) -> [UInt8] {
    unsafe numbers.withUnsafeBytes { unsafe Array($0) }
  }

  /// A C string that is known to end.
  static func string(_ text: [CChar]) -> String {
    String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

internal import CCodecs
import Foundation

/// What the readers and writers of all formats share: samples as bytes in the machine's order, and how C
/// is called.
enum Codec {
  /// Rounds values and holds them to `0...2^bits - 1`.
  ///
  /// - Precondition: `bits` is 8 or 16.
  static func unsigned(_ values: [Float], bits: Int) -> [UInt8] {
    precondition(bits == 8 || bits == 16, "\(bits) bits a sample are not written")
    if bits == 8 {
      return values.map { UInt8(min(max($0.isNaN ? 0 : $0, 0), 255).rounded()) }
    }
    return bytes(of: values.map { UInt16(min(max($0.isNaN ? 0 : $0, 0), 65535).rounded()) })
  }

  /// The bytes of an array of numbers.
  static func bytes(of numbers: [some BitwiseCopyable]) -> [UInt8] {
    unsafe numbers.withUnsafeBytes { unsafe Array($0) }
  }

  /// Numbers of two bytes in the machine's order.
  static func words(of bytes: [UInt8]) -> [UInt16] {
    unsafe [UInt16](unsafeUninitializedCapacity: bytes.count / 2) { words, count in
      count = bytes.count / 2
      unsafe UnsafeMutableRawBufferPointer(words).copyBytes(from: bytes.prefix(2 * count))
    }
  }

  /// Calls a reader, which returns 0 or leaves a text of what is wrong with the file.
  static func read(_ file: String, _ reader: (inout [CChar]) -> Int32) throws(ImagingError) {
    var text = blankText
    guard reader(&text) == 0 else { throw .damaged(file: file, reason: string(text)) }
  }

  /// What a writer, which returns 0 or leaves a text of why it could not, has put into a buffer.
  static func written(_ writer: (inout ccodecs_buffer, inout [CChar]) -> Int32) -> Data {
    var out = unsafe ccodecs_buffer()
    var text = blankText
    let result = unsafe writer(&out, &text)
    defer { unsafe ccodecs_free(&out) }
    precondition(result == 0, string(text))
    return unsafe Data(bytes: out.bytes, count: out.count)
  }

  /// Room for the text of an error.
  static var blankText: [CChar] { Array(repeating: 0, count: Int(CCODECS_ERROR_SIZE)) }

  /// A C string that is known to end.
  static func string(_ text: [CChar]) -> String {
    String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

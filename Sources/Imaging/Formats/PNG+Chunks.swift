internal import Archives
import Foundation

extension PNG {
  /// How a file begins.
  static let magic: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  /// A file with a chunk more, behind its pixels.
  ///
  /// - Precondition: `file` was written here, and the name has four letters.
  static func adding(_ name: String, _ body: [UInt8], to file: Data) -> Data {
    precondition(name.utf8.count == 4, "a chunk called '\(name)'")
    let named = Array(name.utf8) + body
    let chunk = bigEndian(body.count) + named + bigEndian(Int(CRC32.checksum(named.span)))
    // The last chunk is always of twelve bytes.
    return file.dropLast(12) + chunk + file.suffix(12)
  }

  /// The body of the first chunk of a name in a file that libpng has read; nil where there is none.
  ///
  /// - Throws: `ImagingError.damaged` where its checksum differs.
  static func chunk(
    _ name: String, of data: Data, file: String
  ) throws(ImagingError) -> ArraySlice<UInt8>? {
    let bytes = [UInt8](data)
    var at = magic.count
    while at + 12 <= bytes.count {
      let length = number(bytes, at: at)
      guard length <= bytes.count - at - 12 else { break }
      let end = at + 8 + length
      if bytes[(at + 4)...].starts(with: name.utf8) {
        guard Int(CRC32.checksum(bytes.span.extracting(at + 4..<end))) == number(bytes, at: end)
        else { throw .damaged(file: file, reason: "the checksum of its chunk \(name) differs") }
        return bytes[at + 8..<end]
      }
      at = end + 4
    }
    return nil
  }

  /// A number of four bytes, the highest first.
  static func number(_ bytes: [UInt8], at offset: Int) -> Int {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }

  private static func bigEndian(_ number: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * (3 - $0))) }
  }
}

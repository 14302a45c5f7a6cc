import Archives
import Foundation

/// An entry of a ZIP file that is written by hand; what is not said is as it should be.
struct WrittenEntry {
  var name: [UInt8] = Array("a".utf8)
  /// As they lie in the file.
  var packed: [UInt8]
  /// As they are unpacked.
  var bytes: [UInt8]
  var method = 8
  var flags = 0
  var size: Int?
  var checksum: Int?

  /// Ten letters a, as zlib deflates them.
  static let deflated = WrittenEntry(
    packed: [0x4B, 0x4C, 0x84, 0x01, 0x00], bytes: Array(repeating: 0x61, count: 10))
  /// The same as they are.
  static let stored = WrittenEntry(
    name: Array("b".utf8), packed: deflated.bytes, bytes: deflated.bytes, method: 0)

  func with(_ change: (inout WrittenEntry) -> Void) -> WrittenEntry {
    var copy = self
    change(&copy)
    return copy
  }
}

/// Writes ZIP files, sound ones and others.
enum ZipWriter {
  static func file(_ entries: [WrittenEntry], count: Int? = nil) -> Data {
    var body: [UInt8] = []
    var list: [UInt8] = []
    for entry in entries {
      let start = body.count
      let checksum = entry.checksum ?? Int(CRC32.checksum(entry.bytes.span))
      let common =
        little(entry.flags, 2) + little(entry.method, 2) + little(0, 4) + little(checksum, 4)
        + little(entry.packed.count, 4) + little(entry.size ?? entry.bytes.count, 4)
        + little(entry.name.count, 2) + little(0, 2)
      body += ZipArchive.magic + little(20, 2) + common + entry.name + entry.packed
      list += [0x50, 0x4B, 1, 2] + little(20, 2) + little(20, 2) + common + little(0, 10)
      list += little(start, 4) + entry.name
    }
    let count = little(count ?? entries.count, 2)
    let end = [0x50, 0x4B, 5, 6] + little(0, 4) + count + count + little(list.count, 4)
    return Data(body + list + end + little(body.count, 4) + little(0, 2))
  }

  /// The lowest bytes of a number, the lowest first.
  static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }
}

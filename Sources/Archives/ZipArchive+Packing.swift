public import Foundation

extension ZipArchive {
  /// How many entries a ZIP file has at most that is none of the kind for more.
  public static let mostEntries = 0xFFFE

  /// The bytes of a ZIP file, each entry deflated where that makes it shorter.
  ///
  /// Its times are the first that a ZIP file can say, so that the same entries give the same bytes.
  ///
  /// - Precondition: no more than ``mostEntries`` entries of less than 4 GB together, of different names that are no
  ///   longer than 65,535 bytes.
  public static func packed(_ entries: [(name: String, bytes: [UInt8])]) -> Data {
    precondition(entries.count <= mostEntries, "\(entries.count) entries")
    precondition(Set(entries.map(\.name)).count == entries.count, "two entries of one name")
    var (file, list) = (PackedBytes(), PackedBytes())
    for (name, bytes) in entries {
      let name = Array(name.utf8)
      let packed = Deflation.deflated(bytes.span)
      let isDeflated = packed.count < bytes.count
      let start = file.bytes.count
      // Version 2.0 unpacks what is deflated; names are UTF-8; 1 January 1980, midnight.
      let common = [
        (20, 2), (0x0800, 2), (isDeflated ? 8 : 0, 2), (0x0021_0000, 4),
        (Int(CRC32.checksum(bytes.span)), 4), (isDeflated ? packed.count : bytes.count, 4),
        (bytes.count, 4), (name.count, 2), (0, 2),
      ]
      file.put([(0x0403_4B50, 4)] + common)
      file.bytes += name + (isDeflated ? packed : bytes)
      list.put([(0x0201_4B50, 4), (20, 2)] + common + [(0, 10), (start, 4)])
      list.bytes += name
    }
    let start = file.bytes.count
    precondition(start + list.bytes.count < 0xFFFF_FFFF, "\(start) bytes of entries")
    file.bytes += list.bytes
    file.put([
      (0x0605_4B50, 4), (0, 4), (entries.count, 2), (entries.count, 2),
      (list.bytes.count, 4), (start, 4), (0, 2),
    ])
    return Data(file.bytes)
  }

  /// Bytes with numbers, the lowest byte of each first.
  private struct PackedBytes {
    var bytes: [UInt8] = []

    /// Appends each number in so many bytes.
    mutating func put(_ numbers: [(number: Int, count: Int)]) {
      for (number, count) in numbers {
        for place in 0..<count {
          bytes.append(place < 8 ? UInt8(truncatingIfNeeded: number >> (8 * place)) : 0)
        }
      }
    }
  }
}

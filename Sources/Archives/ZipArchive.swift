public import Foundation

/// The entries of a ZIP file, stored or deflated.
///
/// No size is believed: a stored entry is a range of the file's own bytes, a deflated one is unpacked to no
/// more bytes than its packed ones can hold and its reader allows. Encrypted and split files, ZIP64 and two
/// entries of one name are refused.
///
/// Kept by hand: libzip and libarchive do all that is refused here; the list of entries is all it takes.
public struct ZipArchive {
  /// Where an entry's bytes lie, how many they are, and their checksum.
  public struct Entry: Equatable, Sendable {
    let range: Range<Int>
    let isDeflated: Bool
    /// Its bytes when they are unpacked, as the file says.
    let size: Int
    let checksum: UInt32
  }

  /// How a ZIP file begins.
  public static let magic: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

  /// The entries by their names.
  public private(set) var entries: [String: Entry] = [:]
  /// The names of the entries in the order of the file's list.
  public private(set) var names: [String] = []
  private let data: Data
  private let takesDeflated: Bool

  /// Finds the entries of a file's bytes; deflated ones are refused unless they are asked for.
  public init(_ data: Data, takesDeflated: Bool = false) throws(ArchiveError) {
    self.data = data
    self.takesDeflated = takesDeflated
    let end = try endRecord()
    let (disk, here, count) = (number(end + 4, 4), number(end + 8, 2), number(end + 10, 2))
    let (size, start) = (number(end + 12, 4), number(end + 16, 4))
    guard start != 0xFFFF_FFFF, count != 0xFFFF else { throw .zip64 }
    guard disk == 0, here == count else { throw .inParts }
    guard start + size <= end else { throw .listCutOff }
    var position = start
    for _ in 0..<count { position = try entry(at: position, before: start + size, body: start) }
  }

  /// Where the bytes of a stored entry lie, when their checksum fits.
  ///
  /// - Throws: `ArchiveError.entry` where there is no such entry, or it is deflated or damaged.
  public func range(of name: String) throws(ArchiveError) -> Range<Int> {
    guard let entry = entries[name] else { throw .entry(name: name, .missing) }
    guard !entry.isDeflated else { throw .entry(name: name, .compressed) }
    guard CRC32.checksum(data.span.extracting(entry.range)) == entry.checksum else {
      throw .entry(name: name, .damaged)
    }
    return entry.range
  }

  /// The bytes of an entry, stored or deflated, when there are no more than `largest` and their checksum fits.
  ///
  /// - Throws: `ArchiveError.entry` where there is no such entry, or it is too large or damaged.
  public func bytes(of name: String, largest: Int) throws(ArchiveError) -> [UInt8] {
    guard let entry = entries[name] else { throw .entry(name: name, .missing) }
    let packed = entry.range.count
    guard entry.size <= min(largest, packed * Inflation.largestRatio) else {
      throw .entry(name: name, .tooLarge(size: entry.size))
    }
    guard entry.isDeflated else {
      let range = try range(of: name)
      return [UInt8](data.dropFirst(range.lowerBound).prefix(range.count))
    }
    guard
      let bytes = Inflation.inflated(data.span.extracting(entry.range), size: entry.size),
      CRC32.checksum(bytes.span) == entry.checksum
    else { throw .entry(name: name, .damaged) }
    return bytes
  }

  /// Where the record at the file's end begins, which says where the list of entries is.
  private func endRecord() throws(ArchiveError) -> Int {
    let last = data.count - 22
    // A comment of up to 65,535 bytes may follow it.
    var position = last
    while position >= max(0, last - 0xFFFF) {
      if number(position, 4) == 0x0605_4B50, number(position + 20, 2) == last - position {
        return position
      }
      position -= 1
    }
    throw .noEnd
  }

  /// Takes one entry of the list.
  ///
  /// - Returns: where the next begins.
  private mutating func entry(
    at start: Int, before end: Int, body: Int
  ) throws(ArchiveError) -> Int {
    guard start + 46 <= end, number(start, 4) == 0x0201_4B50 else {
      throw .brokenList(byte: start)
    }
    let length = number(start + 28, 2)
    let next = start + 46 + length + number(start + 30, 2) + number(start + 32, 2)
    guard next <= end else { throw .brokenList(byte: start) }
    let name = text(start + 46, length)
    guard number(start + 8, 2) & 1 == 0 else { throw .entry(name: name, .encrypted) }
    let isDeflated = try isDeflated(method: number(start + 10, 2), name)
    let (packed, size) = (number(start + 20, 4), number(start + 24, 4))
    let local = number(start + 42, 4)
    guard packed != 0xFFFF_FFFF, size != 0xFFFF_FFFF, local != 0xFFFF_FFFF else { throw .zip64 }
    guard isDeflated || packed == size else { throw .entry(name: name, .twoSizes) }
    guard local + 30 <= body, number(local, 4) == 0x0403_4B50, number(local + 26, 2) == length,
      text(local + 30, length) == name
    else { throw .entry(name: name, .misplaced) }
    let first = local + 30 + length + number(local + 28, 2)
    guard first + packed <= body else { throw .entry(name: name, .beyond(size: packed)) }
    let entry = Entry(
      range: first..<first + packed, isDeflated: isDeflated, size: size,
      checksum: UInt32(number(start + 16, 4)))
    guard entries.updateValue(entry, forKey: name) == nil else {
      throw .entry(name: name, .twice)
    }
    names.append(name)
    return next
  }

  private func isDeflated(method: Int, _ name: String) throws(ArchiveError) -> Bool {
    guard method == 0 || takesDeflated else { throw .entry(name: name, .compressed) }
    guard method == 0 || method == 8 else { throw .entry(name: name, .method(method)) }
    return method == 8
  }

  /// A number of up to four bytes, the lowest first; 0 where the file ends before.
  private func number(_ start: Int, _ count: Int) -> Int {
    guard start >= 0, start + count <= data.count else { return 0 }
    return (0..<count).reduce(0) { $0 | Int(data[data.startIndex + start + $1]) << (8 * $1) }
  }

  /// A name: UTF-8, or what another script left, each of its bytes as a letter of Latin 1.
  private func text(_ start: Int, _ count: Int) -> String {
    let bytes = data.dropFirst(start).prefix(count)
    return String(validating: bytes, as: UTF8.self)
      ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}

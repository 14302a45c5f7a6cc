import Foundation

/// The entries of a ZIP file that are stored as they are, which is how PyTorch writes all of them.
///
/// Nothing is inflated and no size is believed: an entry is a range of the file's own bytes, so that no
/// file can ask for more memory than it has. Compressed, encrypted and split files, ZIP64 and two
/// entries of one name are refused.
///
/// Kept by hand: libzip and libarchive do all that is refused here; the list of entries is all it takes.
struct ZipArchive {
  /// Where an entry's bytes lie, and their checksum.
  struct Entry: Equatable {
    let range: Range<Int>
    let checksum: UInt32
  }

  /// How a ZIP file begins.
  static let magic: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  /// More entries are not looked at; a ResNet-34 has some 220.
  static let mostEntries = 20_000

  private(set) var entries: [String: Entry] = [:]
  private let data: Data

  /// Finds the entries of a file's bytes.
  ///
  /// - Throws: `WeightsError.checkpoint`.
  init(_ data: Data) throws(WeightsError) {
    self.data = data
    let end = try endRecord()
    let (disk, here, count) = (number(end + 4, 4), number(end + 8, 2), number(end + 10, 2))
    let (size, start) = (number(end + 12, 4), number(end + 16, 4))
    guard start != 0xFFFF_FFFF, count != 0xFFFF else { throw .checkpoint("a ZIP64 file") }
    guard disk == 0, here == count else { throw .checkpoint("a ZIP file in several parts") }
    guard count <= Self.mostEntries else { throw .checkpoint("a ZIP file of \(count) entries") }
    guard start + size <= end else { throw .checkpoint("the list of its entries is cut off") }
    var position = start
    for _ in 0..<count { position = try entry(at: position, before: start + size, body: start) }
  }

  /// The bytes of an entry, when their checksum fits.
  ///
  /// - Throws: `WeightsError.checkpoint` where there is no such entry or it is damaged.
  func range(of name: String) throws(WeightsError) -> Range<Int> {
    guard let entry = entries[name] else {
      throw .checkpoint("it lacks the entry \(Shown.text(name))")
    }
    guard CRC32.checksum(data.span.extracting(entry.range)) == entry.checksum else {
      throw .checkpoint("the entry \(Shown.text(name)) is damaged, its checksum differs")
    }
    return entry.range
  }

  /// Where the record at the file's end begins, which says where the list of entries is.
  private func endRecord() throws(WeightsError) -> Int {
    let last = data.count - 22
    // A comment of up to 65,535 bytes may follow it.
    var position = last
    while position >= max(0, last - 0xFFFF) {
      if number(position, 4) == 0x0605_4B50, number(position + 20, 2) == last - position {
        return position
      }
      position -= 1
    }
    throw .checkpoint("a ZIP file without its end, as a broken download leaves it")
  }

  /// Takes one entry of the list.
  ///
  /// - Returns: where the next begins.
  private mutating func entry(
    at start: Int, before end: Int, body: Int
  ) throws(WeightsError) -> Int {
    guard start + 46 <= end, number(start, 4) == 0x0201_4B50 else {
      throw .checkpoint("the list of its entries is broken at byte \(start)")
    }
    let length = number(start + 28, 2)
    let next = start + 46 + length + number(start + 30, 2) + number(start + 32, 2)
    guard next <= end, let name = text(start + 46, length) else {
      throw .checkpoint("the list of its entries is broken at byte \(start)")
    }
    let shown = Shown.text(name)
    guard number(start + 8, 2) & 1 == 0 else {
      throw .checkpoint("the entry \(shown) is encrypted")
    }
    guard number(start + 10, 2) == 0 else {
      throw .checkpoint("the entry \(shown) is compressed, which torch.save never does")
    }
    let (packed, size) = (number(start + 20, 4), number(start + 24, 4))
    guard packed == size else { throw .checkpoint("the entry \(shown) has two sizes") }
    let local = number(start + 42, 4)
    guard local + 30 <= body, number(local, 4) == 0x0403_4B50, number(local + 26, 2) == length,
      text(local + 30, length) == name
    else { throw .checkpoint("the entry \(shown) is not where the list says") }
    let first = local + 30 + length + number(local + 28, 2)
    guard first + size <= body else {
      throw .checkpoint("the entry \(shown) of \(size) bytes goes beyond the file's entries")
    }
    let entry = Entry(range: first..<first + size, checksum: UInt32(number(start + 16, 4)))
    guard entries.updateValue(entry, forKey: name) == nil else {
      throw .checkpoint("the entry \(shown) comes twice")
    }
    return next
  }

  /// A number of up to four bytes, the lowest first; 0 where the file ends before.
  private func number(_ start: Int, _ count: Int) -> Int {
    guard start >= 0, start + count <= data.count else { return 0 }
    return (0..<count).reduce(0) { $0 | Int(data[data.startIndex + start + $1]) << (8 * $1) }
  }

  private func text(_ start: Int, _ count: Int) -> String? {
    guard start + count <= data.count else { return nil }
    return String(validating: data.dropFirst(start).prefix(count), as: UTF8.self)
  }
}

import Archives
import Foundation
import Testing

struct ZipArchiveTests {
  /// The fault of the first entry.
  private func fault(_ entry: WrittenEntry, largest: Int = 1 << 20) throws -> ArchiveError? {
    #expect(throws: ArchiveError.self) {
      let archive = try ZipArchive(ZipWriter.file([entry]), takesDeflated: true)
      return try archive.bytes(of: archive.names[0], largest: largest)
    }
  }

  @Test func `entries are unpacked, in the order of the list`() throws {
    let archive = try ZipArchive(ZipWriter.file([.stored, .deflated]), takesDeflated: true)
    #expect(archive.names == ["b", "a"])
    for name in archive.names {
      #expect(try archive.bytes(of: name, largest: 10) == Array(repeating: 0x61, count: 10))
    }
    #expect(try archive.range(of: "b") == 31..<41)
    #expect(throws: ArchiveError.entry(name: "a", .compressed)) { try archive.range(of: "a") }
    #expect(throws: ArchiveError.entry(name: "c", .missing)) {
      try archive.bytes(of: "c", largest: 10)
    }
  }

  @Test func `deflated entries are refused unless they are asked for`() {
    #expect(throws: ArchiveError.entry(name: "a", .compressed)) {
      try ZipArchive(ZipWriter.file([.deflated]))
    }
  }

  @Test(arguments: [9, 11]) func `a stream that is longer or shorter than it says is damaged`(
    size: Int
  ) throws {
    #expect(try fault(.deflated.with { $0.size = size }) == .entry(name: "a", .damaged))
    // Also where the checksum is that of as many letters and zeros behind them.
    let bytes = Array((WrittenEntry.deflated.bytes + [0]).prefix(size))
    #expect(try fault(.deflated.with { $0.bytes = bytes }) == .entry(name: "a", .damaged))
  }

  @Test func `a stream that is cut, goes on, or has another checksum is damaged`() throws {
    let damaged = ArchiveError.entry(name: "a", .damaged)
    #expect(try fault(.deflated.with { $0.packed.removeLast() }) == damaged)
    #expect(try fault(.deflated.with { $0.packed.append(0) }) == damaged)
    #expect(try fault(.deflated.with { $0.packed = [0xFF, 0xFF] }) == damaged)
    #expect(try fault(.deflated.with { $0.checksum = 1 }) == damaged)
    #expect(try fault(.stored.with { $0.checksum = 1 }) == .entry(name: "b", .damaged))
  }

  @Test func `no size is believed`() throws {
    let tooLarge = ArchiveError.entry(name: "a", .tooLarge(size: 10))
    #expect(try fault(.deflated, largest: 9) == tooLarge)
    // Five bytes hold 5160 at most.
    let bomb = WrittenEntry.deflated.with { $0.size = 5161 }
    #expect(try fault(bomb) == .entry(name: "a", .tooLarge(size: 5161)))
    #expect(try fault(.stored.with { $0.size = 11 }) == .entry(name: "b", .twoSizes))
  }

  @Test func `what is not read is refused by name`() throws {
    let text = try fault(.deflated.with { $0.method = 93 })?.description
    #expect(text == "the entry 'a' is packed by method 93, only deflation (8) is read")
    #expect(try fault(.deflated.with { $0.flags = 1 }) == .entry(name: "a", .encrypted))
    #expect(try fault(.deflated.with { $0.size = 0xFFFF_FFFF }) == .zip64)
    #expect(throws: ArchiveError.zip64) { try ZipArchive(ZipWriter.file([.stored], count: 0xFFFF)) }
    #expect(throws: ArchiveError.entry(name: "b", .twice)) {
      try ZipArchive(ZipWriter.file([.stored, .stored]))
    }
  }

  @Test func `a name in another script is still a name`() throws {
    let entry = WrittenEntry.stored.with { $0.name = [0x5A, 0xE4] }
    #expect(try ZipArchive(ZipWriter.file([entry])).names == ["Zä"])
  }

  @Test func `a file that is cut anywhere is refused`() {
    let whole = ZipWriter.file([.stored, .deflated])
    for length in 0..<whole.count {
      #expect(throws: ArchiveError.self, "\(length) bytes") {
        try ZipArchive(whole.prefix(length), takesDeflated: true)
      }
    }
  }
}

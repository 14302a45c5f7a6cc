import Archives
import Foundation
import Testing

@Suite("ZIP files that are written")
struct ZipPackingTests {
  @Test("Entries come back in their order, deflated where that is shorter")
  func roundTrip() throws {
    let entries: [(name: String, bytes: [UInt8])] = [
      ("b", []), ("a", [1]), ("ä/細胞.roi", Array(repeating: 7, count: 5000)),
      ("noise", (0..<4000).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) }),
    ]
    let data = ZipArchive.packed(entries)
    #expect(data.count < 5000)
    let archive = try ZipArchive(data, takesDeflated: true)
    #expect(archive.names == entries.map(\.name))
    for (name, bytes) in entries {
      #expect(try archive.bytes(of: name, largest: 5000) == bytes, "\(name)")
    }
    #expect(try archive.range(of: "a").count == 1)
    #expect(throws: ArchiveError.entry(name: "ä/細胞.roi", .compressed)) {
      try archive.range(of: "ä/細胞.roi")
    }
    #expect(ZipArchive.packed(entries) == data)
  }

  @Test("A file without entries is one, and so is one with as many as it can have")
  func counts() throws {
    #expect(try ZipArchive(ZipArchive.packed([])).names.isEmpty)
    let many = (0..<ZipArchive.mostEntries).map { (name: "\($0)", bytes: [UInt8($0 & 255)]) }
    #expect(try ZipArchive(ZipArchive.packed(many)).names.count == ZipArchive.mostEntries)
  }

  @Test("What is deflated is inflated again, to just its own size")
  func deflation() {
    for count in [0, 1, 2, 100, 70_000] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }
      let packed = Deflation.deflated(bytes.span)
      #expect(Inflation.inflated(packed.span, size: count) == bytes)
      #expect(Inflation.inflated(packed.span, size: count + 1) == nil)
      if count > 0 { #expect(Inflation.inflated(packed.span, size: count - 1) == nil) }
    }
  }
}

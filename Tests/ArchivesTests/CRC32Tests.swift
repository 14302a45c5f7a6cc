import Archives
import Testing

struct CRC32Tests {
  @Test func `CRC-32 gives the catalogue's check value`() {
    #expect(CRC32.checksum([UInt8]("123456789".utf8).span) == 0xCBF4_3926)
    #expect(CRC32.checksum([UInt8]().span) == 0)
  }
}

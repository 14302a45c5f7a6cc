import Foundation

/// PNG files put together by hand: forms that this project does not write, and lies.
enum HandMadePNG {
  /// A PNG of a header and nothing else.
  static func huge(width: Int, height: Int) -> Data {
    Data(
      signature + chunk("IHDR", word(width) + word(height) + [16, 6, 0, 0, 0]) + chunk("IDAT", [])
        + chunk("IEND", []))
  }

  static func word(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(value >> (24 - 8 * $0) & 255) }
  }

  static func chunk(_ kind: String, _ body: [UInt8]) -> [UInt8] {
    let named = Array(kind.utf8) + body
    return word(body.count) + named + word(Int(crc(named)))
  }

  static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { word, _ in
        word & 1 == 1 ? word >> 1 ^ 0xedb8_8320 : word >> 1
      }
    }
  }

  /// A palette PNG of 8-bit indices, not compressed.
  static func palette(_ rows: [[UInt8]], colors: [[UInt8]]) -> Data {
    let raw: [UInt8] = rows.flatMap { (row: [UInt8]) -> [UInt8] in [0] + row }
    let count = UInt16(raw.count)
    let (low, high) = (UInt8(count & 255), UInt8(count >> 8))
    var (a, b) = (1, 0)
    for byte in raw {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    let start: [UInt8] = [0x78, 1, 1, low, high, ~low, ~high]
    let stored = start + raw + word(b << 16 | a)
    let header = word(rows[0].count) + word(rows.count) + [8, 3, 0, 0, 0]
    let chunks = [
      chunk("IHDR", header), chunk("PLTE", Array(colors.joined())), chunk("IDAT", stored),
      chunk("IEND", []),
    ]
    return Data(signature + chunks.joined())
  }

  static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
}

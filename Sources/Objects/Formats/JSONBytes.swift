import Foundation

/// A text of JSON that grows.
struct JSONBytes {
  private(set) var bytes: [UInt8] = []

  var data: Data { Data(bytes) }

  /// Appends a piece of JSON as it is.
  mutating func put(_ json: String) { bytes += json.utf8 }

  /// Appends a text that was made apart.
  mutating func put(_ other: JSONBytes) { bytes += other.bytes }

  /// Appends a whole number.
  mutating func put(_ number: Int) {
    guard number < 0 || number > 9 else { return bytes.append(0x30 + UInt8(number)) }
    bytes += String(number).utf8
  }

  /// Appends a text in quotes, escaped as JSON asks for.
  mutating func put(quoted text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends elements with commas between them.
  mutating func put<Element>(
    list: some Sequence<Element>, _ put: (inout JSONBytes, Element) -> Void
  ) {
    for (place, element) in list.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      put(&self, element)
    }
  }
}

/// What tifffile writes into the description of a TIFF: `{"shape": [5, 96, 128], "axes": "TYX"}`, in its first
/// years `shape=(5, 96, 128)`.
struct ShapedDescription {
  /// The array that was written, the slowest axis first: its last two, or the two before the last, are the
  /// rows and columns of a page.
  let shape: [Int]
  /// A letter for each; empty where it does not say.
  let axes: [Character]

  /// Reads a description; nil where it is none of tifffile's.
  init?(_ text: [UInt8]) {
    let isOld = text.starts(with: "shape=(".utf8)
    guard isOld || text.first == UInt8(ascii: "{") else { return nil }
    guard let list = Self.value(of: isOld ? "shape" : "\"shape\"", in: text) else { return nil }
    let isOpen = list.first == UInt8(ascii: isOld ? "(" : "[")
    guard isOpen, let end = list.firstIndex(of: UInt8(ascii: isOld ? ")" : "]")) else { return nil }
    shape = list[(list.startIndex + 1)..<end].split(separator: UInt8(ascii: ","))
      .compactMap { number in
        Int(String(decoding: number.filter { $0 != 0x20 && $0 != 0x4c }, as: UTF8.self))
      }
    guard shape.count >= 2, shape.allSatisfy({ $0 > 0 }) else { return nil }
    let letters = Self.value(of: "\"axes\"", in: text) ?? []
    let axes = letters.dropFirst().prefix { $0 != UInt8(ascii: "\"") }
      .map { Character(Unicode.Scalar($0)) }
    self.axes = axes.count == shape.count ? axes : []
  }

  /// What stands behind a name and its sign.
  private static func value(of name: String, in text: [UInt8]) -> ArraySlice<UInt8>? {
    let name = Array(name.utf8)
    var at = 0
    while at + name.count < text.count {
      if text[at] == name[0], text[at...].starts(with: name) {
        return text[(at + name.count)...]
          .drop { $0 == 0x20 || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") }
      }
      at += 1
    }
    return nil
  }
}

/// Reads the JSON of a safetensors header: an object of tensors and one of notes, nothing else.
///
/// Strict where a general parser is lenient: a name that comes twice, a number that is not a
/// whole one and anything after the object but blanks are refused.
///
/// Kept by hand: `JSONDecoder` does not tell that a name comes twice.
struct HeaderParser {
  /// One tensor as the header describes it.
  struct Entry {
    let name: String
    var type = ""
    var extents: [Int] = []
    var offsets: [Int] = []
  }

  private(set) var entries: [Entry] = []
  private(set) var metadata: [String: String] = [:]

  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) throws(WeightsError) {
    self.bytes = bytes
    var names: Set<String> = []
    try object { (parser, name) throws(WeightsError) in
      guard names.insert(name).inserted else { throw parser.wrong("'\(name)' comes twice") }
      if name == "__metadata__" {
        try parser.notes()
      } else {
        let entry = try parser.tensor(name)
        parser.entries.append(entry)
      }
    }
    skipBlanks()
    guard position == bytes.count else { throw wrong("text after the header's end") }
  }

  private mutating func notes() throws(WeightsError) {
    try object { (parser, name) throws(WeightsError) in
      let text = try parser.string()
      guard parser.metadata.updateValue(text, forKey: name) == nil else {
        throw parser.wrong("the note '\(name)' comes twice")
      }
    }
  }

  private mutating func tensor(_ name: String) throws(WeightsError) -> Entry {
    var entry = Entry(name: name)
    var seen: Set<String> = []
    try object { (parser, field) throws(WeightsError) in
      seen.insert(field)
      switch field {
      case "dtype": entry.type = try parser.string()
      case "shape": entry.extents = try parser.integers()
      case "data_offsets": entry.offsets = try parser.integers()
      default: throw parser.wrong("'\(name)' has an unknown field '\(field)'")
      }
    }
    guard seen.count == 3, entry.offsets.count == 2 else {
      throw wrong("'\(name)' lacks its type, shape or two offsets")
    }
    return entry
  }

  /// Reads `{"name": value, ...}`, leaving each value to `member`.
  private mutating func object(
    _ member: (inout HeaderParser, String) throws(WeightsError) -> Void
  ) throws(WeightsError) {
    try expect("{")
    if accept("}") { return }
    repeat {
      let name = try string()
      try expect(":")
      try member(&self, name)
    } while accept(",")
    try expect("}")
  }

  private mutating func integers() throws(WeightsError) -> [Int] {
    try expect("[")
    var result: [Int] = []
    if accept("]") { return result }
    repeat { result.append(try integer()) } while accept(",")
    try expect("]")
    return result
  }

  private mutating func integer() throws(WeightsError) -> Int {
    skipBlanks()
    let digits = bytes[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    position += digits.count
    guard let text = String(validating: digits, as: UTF8.self), let value = Int(text) else {
      throw wrong("a whole number was expected")
    }
    return value
  }

  private mutating func string() throws(WeightsError) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      let byte = bytes[position]
      position += 1
      guard byte >= 0x20 else { throw wrong("a control character in a name") }
      if byte == UInt8(ascii: "\\") {
        text += String(try escape()).utf8
      } else {
        text.append(byte)
      }
    }
    guard position < bytes.count, let result = String(validating: text, as: UTF8.self) else {
      throw wrong("a name that does not end or is not UTF-8")
    }
    position += 1
    return result
  }

  private mutating func escape() throws(WeightsError) -> Unicode.Scalar {
    guard position < bytes.count else { throw wrong("a name that does not end") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try escapedScalar()
    default: throw wrong("an unknown escape in a name")
    }
  }

  private mutating func escapedScalar() throws(WeightsError) -> Unicode.Scalar {
    let unit = try hexadecimal()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard (0xD800..<0xDC00).contains(unit), bytes[position...].starts(with: "\\u".utf8) else {
      throw wrong("half a surrogate pair in a name")
    }
    position += 2
    let low = try hexadecimal()
    guard (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    else { throw wrong("half a surrogate pair in a name") }
    return scalar
  }

  private mutating func hexadecimal() throws(WeightsError) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, let text = String(validating: digits, as: UTF8.self),
      text.allSatisfy(\.isHexDigit), let value = UInt32(text, radix: 16)
    else { throw wrong("a \\u without four digits") }
    position += 4
    return value
  }

  private mutating func skipBlanks() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(WeightsError) {
    guard accept(character) else { throw wrong("'\(character)' was expected") }
  }

  private func wrong(_ what: String) -> WeightsError {
    .malformed("\(what) (header byte \(position))")
  }
}

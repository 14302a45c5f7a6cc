/// The start tags of an XML text, one after the other, for those who look for a few attributes.
///
/// By hand: Foundation's parser lies in a library of its own above libxml2, which every start of the program
/// would load. This one knows no entities but XML's five and numbers, so there is nothing that could grow;
/// a text with a document type is refused.
struct XMLTags {
  /// A start tag, or that of an element without contents.
  struct Tag {
    /// Its name without a prefix.
    let name: String
    fileprivate let attributes: ArraySlice<UInt8>

    /// Its attributes; nil where they are not well-formed.
    func values() -> [String: String]? {
      var found: [String: String] = [:]
      var rest = attributes
      while true {
        rest = rest.drop(while: XMLTags.isBlank)
        if rest.isEmpty || rest.elementsEqual("/".utf8) { return found }
        guard let sign = rest.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let name = rest[..<sign].prefix { !XMLTags.isBlank($0) }
        rest = rest[(sign + 1)...].drop(while: XMLTags.isBlank)
        guard !name.isEmpty, let quote = rest.first, quote == 0x22 || quote == 0x27,
          let end = rest.dropFirst().firstIndex(of: quote),
          let value = XMLTags.text(rest[(rest.startIndex + 1)..<end])
        else { return nil }
        found[String(decoding: name, as: UTF8.self)] = value
        rest = rest[(end + 1)...]
      }
    }
  }

  /// Whether the text was well-formed as far as it was read.
  private(set) var isSound = true
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next start tag; nil at the end, or where the text is not well-formed.
  mutating func next() -> Tag? {
    while let open = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
      let rest = bytes[(open + 1)...]
      if rest.first == UInt8(ascii: "?") {
        guard skip("?>", from: open) else { return nil }
      } else if rest.starts(with: "!--".utf8) {
        guard skip("-->", from: open + 4) else { return nil }
      } else if rest.starts(with: "![CDATA[".utf8) {
        guard skip("]]>", from: open) else { return nil }
      } else if rest.first == UInt8(ascii: "/") {
        guard skip(">", from: open) else { return nil }
      } else {
        return tag(at: open + 1)
      }
    }
    return nil
  }

  /// The text between the last tag and the next.
  var text: String? { Self.text(bytes[place...].prefix { $0 != UInt8(ascii: "<") }) }

  private mutating func tag(at start: Int) -> Tag? {
    var quote: UInt8?
    var end = start
    while end < bytes.count, quote != nil || bytes[end] != UInt8(ascii: ">") {
      if bytes[end] == quote {
        quote = nil
      } else if quote == nil, bytes[end] == 0x22 || bytes[end] == 0x27 {
        quote = bytes[end]
      }
      end += 1
    }
    let whole = bytes[start..<end]
    let name = whole.prefix { !Self.isBlank($0) && $0 != UInt8(ascii: "/") }
    // A document type begins with an exclamation mark.
    guard end < bytes.count, let first = name.first, first > UInt8(ascii: "9") else {
      isSound = false
      return nil
    }
    place = end + 1
    let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
    return Tag(
      name: String(decoding: local, as: UTF8.self), attributes: whole[name.endIndex...])
  }

  /// Goes behind the next place of some characters.
  private mutating func skip(_ mark: String, from start: Int) -> Bool {
    let mark = Array(mark.utf8)
    var at = start
    while at + mark.count <= bytes.count {
      if bytes[at] == mark[0], bytes[at...].starts(with: mark) {
        place = at + mark.count
        return true
      }
      at += 1
    }
    isSound = false
    return false
  }

  fileprivate static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
  }

  /// Characters with their entities resolved; nil where one is none of XML's own.
  fileprivate static func text(_ raw: ArraySlice<UInt8>) -> String? {
    guard raw.contains(UInt8(ascii: "&")) else { return String(decoding: raw, as: UTF8.self) }
    var found = ""
    var rest = raw
    while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
      guard let end = rest[start...].firstIndex(of: UInt8(ascii: ";")),
        let character = entity(String(decoding: rest[(start + 1)..<end], as: UTF8.self))
      else { return nil }
      found += String(decoding: rest[..<start], as: UTF8.self)
      found.append(character)
      rest = rest[(end + 1)...]
    }
    return found + String(decoding: rest, as: UTF8.self)
  }

  private static func entity(_ name: String) -> Character? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      let isHex = name.hasPrefix("#x")
      guard name.hasPrefix("#"),
        let number = UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10)
      else { return nil }
      return Unicode.Scalar(number).map(Character.init)
    }
  }
}

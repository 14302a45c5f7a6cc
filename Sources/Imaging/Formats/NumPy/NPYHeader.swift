/// What a file of NumPy says of its array before the values: a Python dictionary in text.
struct NPYHeader: Equatable {
  /// How a file begins.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// A header that is longer is none of an array of numbers.
  static let longest = 1 << 16

  /// NumPy's code for the type of the values; nil for records, which have several.
  private(set) var type: String?
  /// The extents, the one that runs fastest last.
  private(set) var shape: [Int] = []
  /// Whether the first extent runs fastest instead.
  private(set) var isFortran = false
  /// Where the values begin in the file.
  let start: Int

  /// Reads the first bytes of a file.
  ///
  /// - Throws: `ImagingError.damaged`, or `.unsupported` for a version after 3.
  init(_ bytes: [UInt8], file: String) throws(ImagingError) {
    let damaged = ImagingError.damaged(file: file, reason: "its NumPy header makes no sense")
    guard bytes.starts(with: Self.magic), bytes.count >= 12 else { throw damaged }
    let version = bytes[6]
    guard (1...3).contains(version) else {
      throw .unsupported(file: file, reason: "version \(version) of NumPy's format")
    }
    let width = version == 1 ? 2 : 4
    let length = bytes[8..<8 + width].reversed().reduce(0) { $0 << 8 | Int($1) }
    start = 8 + width + length
    guard length <= Self.longest, start <= bytes.count else { throw damaged }
    var parser = Parser(rest: bytes[8 + width..<start])
    var keys: Set<String> = []
    guard parser.takes("{") else { throw damaged }
    while !parser.takes("}") {
      guard let key = parser.text(), parser.takes(":"), keys.insert(key).inserted else {
        throw damaged
      }
      switch key {
      case "descr":
        if let code = parser.text() { type = code } else if !parser.list() { throw damaged }
      case "fortran_order":
        guard let isSet = parser.bool() else { throw damaged }
        isFortran = isSet
      case "shape":
        guard let numbers = parser.numbers() else { throw damaged }
        shape = numbers
      default: throw damaged
      }
      if !parser.takes(","), parser.next != UInt8(ascii: "}") { throw damaged }
    }
    guard keys.count == 3, parser.next == nil else { throw damaged }
  }

  /// Reads the few kinds of literals that a header has.
  private struct Parser {
    var rest: ArraySlice<UInt8>

    /// The next letter that is no blank; nil at the end.
    var next: UInt8? {
      mutating get {
        rest = rest.drop { $0 == 0x20 || $0 == 0x0A }
        return rest.first
      }
    }

    mutating func takes(_ word: String) -> Bool {
      guard next != nil, rest.starts(with: word.utf8) else { return false }
      rest = rest.dropFirst(word.utf8.count)
      return true
    }

    /// A text in quotes of either kind.
    mutating func text() -> String? {
      guard let quote = next, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
        let end = rest.dropFirst().firstIndex(of: quote)
      else { return nil }
      let text = String(validating: rest[rest.startIndex + 1..<end], as: UTF8.self)
      rest = rest[(end + 1)...]
      return text
    }

    mutating func bool() -> Bool? { takes("True") ? true : takes("False") ? false : nil }

    /// Passes over a list of whatever is no list's end in a text.
    mutating func list() -> Bool {
      guard takes("[") else { return false }
      var depth = 1
      while depth > 0, let letter = next {
        if letter == UInt8(ascii: "'") || letter == UInt8(ascii: "\"") {
          guard text() != nil else { return false }
          continue
        }
        depth += letter == UInt8(ascii: "[") ? 1 : letter == UInt8(ascii: "]") ? -1 : 0
        rest = rest.dropFirst()
      }
      return depth == 0
    }

    /// A tuple of whole numbers; Python 2 wrote an L behind each.
    mutating func numbers() -> [Int]? {
      guard takes("(") else { return nil }
      var numbers: [Int] = []
      while !takes(")") {
        guard next != nil else { return nil }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
        rest = rest.dropFirst(digits.count)
        _ = takes("L")
        numbers.append(number)
        if !takes(","), next != UInt8(ascii: ")") { return nil }
      }
      return numbers
    }
  }
}

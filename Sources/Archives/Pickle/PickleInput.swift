/// The bytes of a pickle, as numbers, texts and lengths.
struct PickleInput {
  private(set) var position: Int
  private let bytes: [UInt8]

  init(_ bytes: [UInt8], at position: Int) {
    self.bytes = bytes
    self.position = position
  }

  /// The value that follows an opcode; nil for one that needs others.
  mutating func atom(
    _ opcode: PickleOpcode, passesOver: Bool
  ) throws(PickleFault) -> PickleValue? {
    switch opcode {
    case .none: return PickleValue.none
    case .newTrue: return .bool(true)
    case .newFalse: return .bool(false)
    case .binInt: return .integer(Int(Int32(truncatingIfNeeded: try number(4))))
    case .binInt1: return .integer(Int(try byte()))
    case .binInt2: return .integer(Int(try number(2)))
    case .long1: return try integer(of: try range(1), passesOver: passesOver)
    case .long4: return try integer(of: try range(4), passesOver: passesOver)
    case .binFloat:
      _ = try number(8)
      return .other
    case .shortBinUnicode: return .text(try text(1, passesOver: passesOver))
    case .binUnicode: return .text(try text(4, passesOver: passesOver))
    case .binUnicode8: return .text(try text(8, passesOver: passesOver))
    case .shortBinBytes: return .bytes(try range(1))
    case .binBytes: return .bytes(try range(4))
    case .binBytes8, .byteArray8: return .bytes(try range(8))
    default: return nil
    }
  }

  mutating func byte() throws(PickleFault) -> UInt8 {
    guard position < bytes.count else { throw wrong(.end) }
    position += 1
    return bytes[position - 1]
  }

  /// A number of up to eight bytes, the lowest first.
  mutating func number(_ count: Int) throws(PickleFault) -> UInt64 {
    var result: UInt64 = 0
    for index in 0..<count { result |= UInt64(try byte()) << (8 * index) }
    return result
  }

  /// A line of a name, without its end.
  mutating func line() throws(PickleFault) -> String {
    guard let end = bytes[position...].prefix(257).firstIndex(of: 0x0A) else { throw wrong(.name) }
    guard let text = String(validating: bytes[position..<end], as: UTF8.self) else {
      throw wrong(.text)
    }
    position = end + 1
    return text
  }

  /// Passes over as many bytes as a length says, and gives their place.
  private mutating func range(
    _ lengthBytes: Int, beyond fault: PickleFault.Nonsense = .end
  ) throws(PickleFault) -> Range<Int> {
    let count = try number(lengthBytes)
    guard count <= UInt64(bytes.count - position) else { throw wrong(fault) }
    defer { position += Int(count) }
    return position..<position + Int(count)
  }

  /// Where a text lies; Python writes some as no UTF-8, names of files among them, which can be passed over only.
  private mutating func text(
    _ lengthBytes: Int, passesOver: Bool
  ) throws(PickleFault) -> Range<Int> {
    let range = try range(lengthBytes, beyond: .text)
    guard passesOver || String(validating: bytes[range], as: UTF8.self) != nil else {
      throw wrong(.text)
    }
    return range
  }

  private func integer(
    of range: Range<Int>, passesOver: Bool
  ) throws(PickleFault) -> PickleValue {
    guard range.count <= 8 else {
      guard passesOver else { throw wrong(.number) }
      return .other
    }
    let shift = 64 - 8 * range.count
    let number = bytes[range].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return .integer(range.isEmpty ? 0 : Int(Int64(bitPattern: number << shift) >> shift))
  }

  private func wrong(_ what: PickleFault.Nonsense) -> PickleFault {
    .nonsense(what, byte: position)
  }
}

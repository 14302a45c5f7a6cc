import Archives
import Testing

struct UnpicklerTests {
  /// Takes every opcode and knows nothing.
  private struct Nothing: PickleVocabulary {
    static let opcodes = Set(PickleOpcode.allCases)
    static let protocols: ClosedRange<UInt8> = 2...5
    static let passesOver = true

    var asked: [String] = []

    func failure(_ fault: PickleFault) -> PickleFault { fault }

    mutating func global(module: String, name: String) throws(PickleFault) -> PickleValue {
      asked.append("\(module).\(name)")
      return .global(asked.count - 1)
    }

    mutating func call(
      _ function: PickleValue, _ arguments: PickleValue, in values: inout PickleValues
    ) throws(PickleFault) -> PickleValue { .other }

    mutating func build(
      _ value: PickleValue, state: PickleValue, in values: PickleValues
    ) throws(PickleFault) -> Bool { false }

    mutating func persistent(
      _ id: PickleValue, in values: PickleValues
    ) throws(PickleFault) -> PickleValue { .other }
  }

  /// The items of the list that a pickle is.
  private func items(_ opcodes: [UInt8]) throws -> ([PickleValue], Unpickler<Nothing>) {
    var unpickler = Unpickler([0x80, 4, 0x5D, 0x28] + opcodes + [0x65, 0x2E], Nothing())
    let value = try unpickler.value()
    #expect(value == .list(0))
    return (unpickler.values.lists[0], unpickler)
  }

  @Test func `texts and bytes of every length are ranges of the file`() throws {
    let (values, unpickler) = try items(
      [0x8C, 1, 0x61, 0x8D, 1, 0, 0, 0, 0, 0, 0, 0, 0x62, 0x43, 1, 0x63, 0x42, 1, 0, 0, 0, 0x64]
        + [0x8E, 1, 0, 0, 0, 0, 0, 0, 0, 0x65, 0x96, 1, 0, 0, 0, 0, 0, 0, 0, 0x66])
    #expect(unpickler.values.text(values[0]) == "a")
    #expect(unpickler.values.text(values[1]) == "b")
    let bytes = values[2...].map { value -> UInt8? in
      guard case .bytes(let range) = value, range.count == 1 else { return nil }
      return unpickler.values.bytes[range.lowerBound]
    }
    #expect(bytes == [0x63, 0x64, 0x65, 0x66])
  }

  @Test func `whole numbers keep their sign, and those of more than 64 bits are passed over`()
    throws
  {
    let (values, _) = try items(
      [0x8A, 0, 0x8A, 1, 0xFF, 0x8A, 2, 0xFF, 0, 0x8B, 1, 0, 0, 0, 0x80, 0x8A, 9]
        + [UInt8](repeating: 1, count: 9))
    #expect(values == [.integer(0), .integer(-1), .integer(255), .integer(-128), .other])
  }

  @Test func `what is not known is named, passed over and never built`() throws {
    // An attack, a float, sets, an object with a state and items of its own.
    let attack: [UInt8] =
      [0x8C, 5] + Array("posix".utf8) + [0x8C, 6] + Array("system".utf8) + [0x93]
    let (values, unpickler) = try items(
      attack + [0x8C, 2, 0x69, 0x64, 0x85, 0x52] + [0x47, 0, 0, 0, 0, 0, 0, 0, 0]
        + [0x8F, 0x28, 0x4B, 1, 0x90] + [0x28, 0x4B, 1, 0x91] + attack
        + [0x29, 0x81, 0x7D, 0x62, 0x4B, 1, 0x61, 0x4B, 1, 0x4B, 2, 0x73])
    #expect(values == Array(repeating: .other, count: 5))
    #expect(unpickler.vocabulary.asked == ["posix.system", "posix.system"])
  }

  @Test func `values are remembered by number and by turn`() throws {
    let (values, _) = try items([0x4B, 7, 0x94, 0x4B, 8, 0x94, 0x68, 0, 0x68, 1])
    #expect(values == [.integer(7), .integer(8), .integer(7), .integer(8)])
  }

  @Test func `a text that is no UTF-8 is passed over, and is no text`() throws {
    let (values, unpickler) = try items([0x8C, 3, 0xED, 0xB2, 0x80])
    #expect(values.count == 1 && unpickler.values.text(values[0]) == nil)
  }

  @Test(
    arguments: [
      [0x80, 6, 0x4E, 0x2E], [0x80, 4, 0x8E, 255, 255, 255, 255, 255, 255, 255, 255, 0x2E],
      [0x80, 4, 0x8D, 9, 0, 0, 0, 0, 0, 0, 0, 0x2E], [0x80, 4, 0x4E, 0x4E, 0x93, 0x2E],
      [0x80, 4, 0x94, 0x2E], [0x80, 4, 0x90, 0x2E], [0x80, 4, 0x91, 0x2E], [0x80, 4, 0x61, 0x2E],
      [0x80, 4, 0x4E, 0x61, 0x2E], [0x80, 4, 0x28, 0x73, 0x2E], [0x80, 4, 0x4E, 0x81, 0x2E],
      [0x80, 4, 0x92, 0x2E], [0x80, 4, 0x95, 1, 0x2E], [0x80, 4, 0x32, 0x2E],
    ] as [[UInt8]])
  func `nonsense is refused`(pickle: [UInt8]) {
    var unpickler = Unpickler(pickle, Nothing())
    #expect(throws: PickleFault.self) { try unpickler.value() }
  }
}

/// Reads the pickles of a checkpoint: numbers, texts, containers, storages and tensors, nothing else.
///
/// Python's pickle is a program that may call anything. Here it can call the few names of
/// `TorchGlobal`, every opcode that a state dict does not need is refused by name, and its length and the
/// number of its steps are bounded, and with them the memory it can fill.
///
/// Kept by hand: there is no reader of pickles for Swift or C but Python itself, which would run them.
struct Unpickler {
  /// The longest pickle in bytes; a ResNet-34's has 40,000.
  static let longest = 16 << 20
  /// The most steps; a ResNet-34's takes 12,000.
  static let mostSteps = 1_000_000

  private(set) var objects = PickleObjects()
  /// Where the next pickle begins.
  private(set) var position: Int

  private let bytes: [UInt8]
  private var steps = 0
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]

  init(_ bytes: [UInt8], at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// Reads the next pickle.
  ///
  /// - Throws: `WeightsError.checkpoint`.
  mutating func value() throws(WeightsError) -> PickleValue {
    (stack, marks, memo) = ([], [], [:])
    while true {
      let start = position
      let byte = try byte()
      guard let opcode = PickleOpcode(rawValue: byte) else {
        throw .checkpoint(
          "it uses pickle's \(PickleOpcode.name(of: byte)) (byte \(start)), "
            + "which no state dict of numbers needs")
      }
      steps += 1
      guard steps <= Self.mostSteps else { throw .checkpoint("its pickle is too long") }
      if opcode == .stop { break }
      try take(opcode)
    }
    let result = try pop()
    guard stack.isEmpty, marks.isEmpty else { throw wrong("values are left over") }
    return result
  }

  private mutating func take(_ opcode: PickleOpcode) throws(WeightsError) {
    switch opcode {
    case .protocol:
      let version = try byte()
      guard version == 2 else { throw wrong("protocol \(version), torch.save writes 2") }
    case .none, .newTrue, .newFalse, .binInt, .binInt1, .binInt2, .long1, .binUnicode, .global:
      stack.append(try atom(opcode))
    case .mark: marks.append(stack.count)
    case .emptyTuple: stack.append(objects.tuple([]))
    case .emptyList: stack.append(objects.list())
    case .emptyDictionary: stack.append(objects.dictionary())
    case .tuple: stack.append(objects.tuple(try popToMark()))
    case .tuple1: stack.append(objects.tuple(try pop(1)))
    case .tuple2: stack.append(objects.tuple(try pop(2)))
    case .tuple3: stack.append(objects.tuple(try pop(3)))
    case .append: try extend(by: try pop(1))
    case .appends: try extend(by: try popToMark())
    case .setItem: try set(try pop(2))
    case .setItems: try set(try popToMark())
    case .build:
      // The state dict's own notes: versions of its layers.
      _ = try pop()
      guard case .dictionary? = stack.last else { throw wrong("a state of what has none") }
    case .reduce:
      let arguments = try pop()
      stack.append(try objects.call(try pop(), arguments))
    case .binPersistentID: stack.append(try objects.storage(try pop()))
    case .binPut: try remember(Int(try byte()))
    case .longBinPut: try remember(Int(try number(4)))
    case .binGet: try recall(Int(try byte()))
    case .longBinGet: try recall(Int(try number(4)))
    case .stop: break
    }
  }

  private mutating func atom(_ opcode: PickleOpcode) throws(WeightsError) -> PickleValue {
    switch opcode {
    case .newTrue: return .bool(true)
    case .newFalse: return .bool(false)
    case .binInt: return .integer(Int(Int32(truncatingIfNeeded: try number(4))))
    case .binInt1: return .integer(Int(try byte()))
    case .binInt2: return .integer(Int(try number(2)))
    case .long1:
      let count = Int(try byte())
      guard count <= 8 else { throw wrong("a number of \(count) bytes") }
      let shift = 64 - 8 * count
      return .integer(count == 0 ? 0 : Int(Int64(bitPattern: try number(count) << shift) >> shift))
    case .binUnicode: return .text(try text(Int(try number(4))))
    case .global:
      let module = try line()
      return .global(try TorchGlobal(module: module, name: try line()))
    default: return .none
    }
  }

  private mutating func extend(by values: [PickleValue]) throws(WeightsError) {
    guard case .list(let place)? = stack.last else { throw wrong("an append to no list") }
    objects.lists[place] += values
  }

  private mutating func set(_ values: [PickleValue]) throws(WeightsError) {
    guard case .dictionary(let place)? = stack.last, values.count.isMultiple(of: 2) else {
      throw wrong("items of no dictionary")
    }
    for index in stride(from: 0, to: values.count, by: 2) {
      objects.dictionaries[place].append((values[index], values[index + 1]))
    }
  }

  private mutating func remember(_ number: Int) throws(WeightsError) {
    guard let value = stack.last else { throw wrong("nothing to remember") }
    memo[number] = value
  }

  private mutating func recall(_ number: Int) throws(WeightsError) {
    guard let value = memo[number] else { throw wrong("a value that was not remembered") }
    stack.append(value)
  }

  private mutating func pop() throws(WeightsError) -> PickleValue { try pop(1)[0] }

  private mutating func pop(_ count: Int) throws(WeightsError) -> [PickleValue] {
    // What lies below a mark is not for the taking.
    guard stack.count - (marks.last ?? 0) >= count else { throw wrong("a value is missing") }
    let values = Array(stack.suffix(count))
    stack.removeLast(count)
    return values
  }

  private mutating func popToMark() throws(WeightsError) -> [PickleValue] {
    guard let mark = marks.popLast() else { throw wrong("a mark is missing") }
    let values = Array(stack[mark...])
    stack.removeSubrange(mark...)
    return values
  }

  private mutating func byte() throws(WeightsError) -> UInt8 {
    guard position < bytes.count else { throw wrong("the file ends within") }
    position += 1
    return bytes[position - 1]
  }

  private mutating func number(_ count: Int) throws(WeightsError) -> UInt64 {
    var result: UInt64 = 0
    for index in 0..<count { result |= UInt64(try byte()) << (8 * index) }
    return result
  }

  private mutating func text(_ count: Int) throws(WeightsError) -> String {
    guard count <= bytes.count - position,
      let text = String(validating: bytes[position..<position + count], as: UTF8.self)
    else { throw wrong("a text that does not end or is not UTF-8") }
    position += count
    return text
  }

  /// A line of a name, without its end.
  private mutating func line() throws(WeightsError) -> String {
    guard let end = bytes[position...].prefix(257).firstIndex(of: 0x0A) else {
      throw wrong("a name without end")
    }
    let result = try text(end - position)
    position += 1
    return result
  }

  private func wrong(_ what: String) -> WeightsError {
    .checkpoint("\(what) (byte \(position) of a pickle)")
  }
}

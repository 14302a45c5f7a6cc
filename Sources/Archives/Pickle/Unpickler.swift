/// Reads pickles: numbers, texts, bytes, containers, and what a vocabulary makes of names and calls.
///
/// Python's pickle is a program that may call anything. Here it can call what its `PickleVocabulary` knows and
/// nothing else; every opcode that is not asked for is refused by name, and the number of steps is bounded, and
/// with it the memory that they can fill.
///
/// Kept by hand: there is no reader of pickles for Swift or C but Python itself, which would run them.
public struct Unpickler<Vocabulary: PickleVocabulary> {
  /// What is thrown.
  public typealias Failure = Vocabulary.Failure

  /// The most steps; a ResNet-34's take 12,000.
  static var mostSteps: Int { 1_000_000 }

  /// What was made of names and calls.
  public private(set) var vocabulary: Vocabulary
  /// What the values hold.
  public private(set) var values: PickleValues
  /// Where the next pickle begins.
  public var position: Int { input.position }

  private var input: PickleInput
  private var steps = 0
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]

  /// Begins at a byte of a file that holds a pickle or several.
  public init(_ bytes: [UInt8], at position: Int = 0, _ vocabulary: Vocabulary) {
    values = PickleValues(bytes)
    input = PickleInput(bytes, at: position)
    self.vocabulary = vocabulary
  }

  /// Reads the next pickle.
  public mutating func value() throws(Failure) -> PickleValue {
    (stack, marks, memo) = ([], [], [:])
    do throws(Stop) {
      while try step() {}
      let result = try pop()
      guard stack.isEmpty, marks.isEmpty else { throw Stop.fault(wrong(.leftOver)) }
      return result
    } catch {
      switch error {
      case .fault(let fault): throw vocabulary.failure(fault)
      case .failure(let failure): throw failure
      }
    }
  }

  /// What ends the reading: the pickle's own fault, or what its vocabulary throws.
  private enum Stop: Error {
    case fault(PickleFault)
    case failure(Failure)
  }

  /// Takes a step; false where it was the last.
  private mutating func step() throws(Stop) -> Bool {
    let start = position
    let byte = try read { input throws(PickleFault) in try input.byte() }
    guard let opcode = PickleOpcode(rawValue: byte), Vocabulary.opcodes.contains(opcode) else {
      throw .fault(.opcode(byte, byte: start))
    }
    steps += 1
    guard steps <= Self.mostSteps else { throw .fault(.tooLong) }
    if opcode == .stop { return false }
    if let atom = try read({ input throws(PickleFault) in
      try input.atom(opcode, passesOver: Vocabulary.passesOver)
    }) {
      stack.append(atom)
    } else if try !remembers(opcode), try !gathers(opcode) {
      try calls(opcode)
    }
    return true
  }

  /// Reads from the bytes.
  private mutating func read<Result>(
    _ body: (inout PickleInput) throws(PickleFault) -> Result
  ) throws(Stop) -> Result {
    do { return try body(&input) } catch { throw .fault(error) }
  }

  /// Asks the vocabulary.
  private mutating func ask<Result>(
    _ body: (inout Vocabulary, inout PickleValues) throws(Failure) -> Result
  ) throws(Stop) -> Result {
    do { return try body(&vocabulary, &values) } catch { throw .failure(error) }
  }
}

extension Unpickler {
  /// Opcodes that remember values and bring them back, and those that say what follows.
  private mutating func remembers(_ opcode: PickleOpcode) throws(Stop) -> Bool {
    switch opcode {
    case .protocol:
      let version = UInt8(try number(1))
      guard Vocabulary.protocols.contains(version) else {
        throw .fault(.version(version, byte: position))
      }
    case .frame: _ = try number(8)
    case .binPut: try remember(try number(1))
    case .longBinPut: try remember(try number(4))
    case .memoize: try remember(memo.count)
    case .binGet: try recall(try number(1))
    case .longBinGet: try recall(try number(4))
    default: return false
    }
    return true
  }

  /// Reads a number of so many bytes.
  private mutating func number(_ count: Int) throws(Stop) -> Int {
    try read { input throws(PickleFault) in Int(truncatingIfNeeded: try input.number(count)) }
  }

  /// Opcodes that put values together.
  private mutating func gathers(_ opcode: PickleOpcode) throws(Stop) -> Bool {
    switch opcode {
    case .mark: marks.append(stack.count)
    case .emptyTuple: stack.append(values.tuple([]))
    case .emptyList: stack.append(values.list())
    case .emptyDictionary: stack.append(values.dictionary())
    case .emptySet: stack.append(.other)
    case .tuple: stack.append(values.tuple(try popToMark()))
    case .tuple1: stack.append(values.tuple(try pop(1)))
    case .tuple2: stack.append(values.tuple(try pop(2)))
    case .tuple3: stack.append(values.tuple(try pop(3)))
    case .append: try extend(by: try pop(1))
    case .appends: try extend(by: try popToMark())
    case .setItem: try set(try pop(2))
    case .setItems: try set(try popToMark())
    case .addItems: _ = try popToMark()
    case .frozenSet:
      _ = try popToMark()
      stack.append(.other)
    default: return false
    }
    return true
  }

  /// Opcodes that Python would run.
  private mutating func calls(_ opcode: PickleOpcode) throws(Stop) {
    switch opcode {
    case .global:
      let (module, name) = try read { input throws(PickleFault) in
        let module = try input.line()
        return (module, try input.line())
      }
      stack.append(try ask { one, _ throws(Failure) in try one.global(module: module, name: name) })
    case .stackGlobal:
      let texts = try pop(2)
      guard let module = values.text(texts[0]), let name = values.text(texts[1]) else {
        throw .fault(wrong(.noName))
      }
      stack.append(try ask { one, _ throws(Failure) in try one.global(module: module, name: name) })
    case .reduce:
      let parts = try pop(2)
      stack.append(
        try ask { one, values throws(Failure) in try one.call(parts[0], parts[1], in: &values) })
    case .newObject, .newObjectByName:
      _ = try pop(opcode == .newObject ? 2 : 3)
      stack.append(.other)
    case .build:
      let state = try pop()
      guard let value = stack.last,
        try ask({ one, values throws(Failure) in try one.build(value, state: state, in: values) })
          || Vocabulary.passesOver
      else { throw .fault(wrong(.state)) }
    case .binPersistentID:
      let id = try pop()
      stack.append(try ask { one, values throws(Failure) in try one.persistent(id, in: values) })
    default: throw .fault(.opcode(opcode.rawValue, byte: position - 1))
    }
  }

  private mutating func extend(by more: [PickleValue]) throws(Stop) {
    if case .list(let place)? = stack.last {
      values.lists[place] += more
    } else if stack.isEmpty || !Vocabulary.passesOver {
      throw .fault(wrong(.noList))
    }
  }

  private mutating func set(_ items: [PickleValue]) throws(Stop) {
    guard items.count.isMultiple(of: 2), !stack.isEmpty else { throw .fault(wrong(.noDictionary)) }
    guard case .dictionary(let place)? = stack.last else {
      guard Vocabulary.passesOver else { throw .fault(wrong(.noDictionary)) }
      return
    }
    for index in stride(from: 0, to: items.count, by: 2) {
      values.dictionaries[place].append((items[index], items[index + 1]))
    }
  }

  private mutating func remember(_ number: Int) throws(Stop) {
    guard let value = stack.last else { throw .fault(wrong(.nothing)) }
    memo[number] = value
  }

  private mutating func recall(_ number: Int) throws(Stop) {
    guard let value = memo[number] else { throw .fault(wrong(.unknownValue)) }
    stack.append(value)
  }

  private mutating func pop() throws(Stop) -> PickleValue { try pop(1)[0] }

  private mutating func pop(_ count: Int) throws(Stop) -> [PickleValue] {
    // What lies below a mark is not for the taking.
    guard stack.count - (marks.last ?? 0) >= count else { throw .fault(wrong(.missingValue)) }
    let taken = Array(stack.suffix(count))
    stack.removeLast(count)
    return taken
  }

  private mutating func popToMark() throws(Stop) -> [PickleValue] {
    guard let mark = marks.popLast() else { throw .fault(wrong(.missingMark)) }
    let taken = Array(stack[mark...])
    stack.removeSubrange(mark...)
    return taken
  }

  private func wrong(_ what: PickleFault.Nonsense) -> PickleFault {
    .nonsense(what, byte: position)
  }
}

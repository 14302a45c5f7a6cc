import Archives

/// What a state dict's pickle names and calls: storages and tensors, nothing else.
struct TorchObjects: PickleVocabulary {
  /// What a call makes.
  private enum Object {
    case storage(TorchStorage)
    case tensor(TorchTensor)
  }

  /// The longest pickle in bytes; a ResNet-34's has 40,000.
  static let longest = 16 << 20

  static let opcodes: Set<PickleOpcode> = [
    .mark, .emptyTuple, .stop, .binInt, .binInt1, .binInt2, .none, .binPersistentID, .reduce,
    .binUnicode, .emptyList, .append, .build, .global, .appends, .binGet, .longBinGet, .binPut,
    .longBinPut, .setItem, .tuple, .setItems, .emptyDictionary, .protocol, .tuple1, .tuple2,
    .tuple3, .newTrue, .newFalse, .long1,
  ]
  /// What torch.save writes.
  static let protocols: ClosedRange<UInt8> = 2...2
  static let passesOver = false

  private var objects: [Object] = []
  private var globals: [TorchGlobal] = []

  /// All storages, in the order in which they are named.
  var storages: [TorchStorage] {
    objects.compactMap { if case .storage(let storage) = $0 { storage } else { nil } }
  }

  /// The storage that a value is; nil for any other.
  func storage(_ value: PickleValue) -> TorchStorage? {
    guard case .object(let place) = value, case .storage(let storage) = objects[place] else {
      return nil
    }
    return storage
  }

  /// The tensor that a value is; nil for any other.
  func tensor(_ value: PickleValue) -> TorchTensor? {
    guard case .object(let place) = value, case .tensor(let tensor) = objects[place] else {
      return nil
    }
    return tensor
  }

  func failure(_ fault: PickleFault) -> WeightsError {
    switch fault {
    case .opcode: .checkpoint("\(fault), which no state dict of numbers needs")
    case .version(let version, let byte):
      .checkpoint("protocol \(version), torch.save writes 2 (byte \(byte) of a pickle)")
    case .tooLong, .nonsense: .checkpoint("\(fault)")
    }
  }

  mutating func global(module: String, name: String) throws(WeightsError) -> PickleValue {
    globals.append(try TorchGlobal(module: module, name: name))
    return .global(globals.count - 1)
  }

  /// A state is taken by dictionaries alone: the state dict's own notes, versions of its layers.
  mutating func build(
    _ value: PickleValue, state: PickleValue, in values: PickleValues
  ) throws(WeightsError) -> Bool {
    if case .dictionary = value { true } else { false }
  }

  /// The storage of a persistent id: `('storage', class, key, device, elements)`, and in the old format
  /// `None` behind it, where it is not a part of another.
  mutating func persistent(
    _ id: PickleValue, in values: PickleValues
  ) throws(WeightsError) -> PickleValue {
    guard case .tuple(let place) = id, (5...6).contains(values.tuples[place].count) else {
      throw .checkpoint("a storage is not described as torch does")
    }
    let parts = values.tuples[place]
    guard values.text(parts[0]) == "storage", case .global(let number) = parts[1],
      case .storage(let type) = globals[number], let key = values.text(parts[2]),
      case .text = parts[3], case .integer(let count) = parts[4], count >= 0
    else { throw .checkpoint("a storage is not described as torch does") }
    guard parts.count == 5 || parts[5] == .none else {
      throw .checkpoint("a storage is part of another, as in files of PyTorch before 0.4")
    }
    objects.append(.storage(TorchStorage(type: type, key: key, count: count)))
    return .object(objects.count - 1)
  }

  mutating func call(
    _ function: PickleValue, _ arguments: PickleValue, in values: inout PickleValues
  ) throws(WeightsError) -> PickleValue {
    guard case .global(let number) = function, case .tuple(let place) = arguments else {
      throw .checkpoint("a call of what is no function")
    }
    let arguments = values.tuples[place]
    switch globals[number] {
    case .orderedDictionary where arguments.isEmpty: return values.dictionary()
    case .rebuildTensor(let count) where arguments.count == count:
      objects.append(.tensor(try tensor(of: arguments, in: values)))
      return .object(objects.count - 1)
    case .rebuildParameter where arguments.count == 3 && tensor(arguments[0]) != nil:
      return arguments[0]
    default: throw .checkpoint("a call with other arguments than a state dict's")
    }
  }

  private func tensor(
    of arguments: [PickleValue], in values: PickleValues
  ) throws(WeightsError) -> TorchTensor {
    let most = TorchTensor.mostExtents
    guard let storage = storage(arguments[0]), case .integer(let offset) = arguments[1],
      let extents = values.integers(arguments[2], most: most),
      let strides = values.integers(arguments[3], most: most)
    else { throw .checkpoint("a tensor is not described as torch does") }
    return TorchTensor(storage: storage, offset: offset, extents: extents, strides: strides)
  }
}

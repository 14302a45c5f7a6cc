/// What the values of a pickle hold, by their numbers.
struct PickleObjects {
  /// A key and what it stands for.
  typealias Item = (key: PickleValue, value: PickleValue)

  var tuples: [[PickleValue]] = []
  var lists: [[PickleValue]] = []
  /// Dictionaries, ordered or not.
  var dictionaries: [[Item]] = []
  var storages: [TorchStorage] = []
  var tensors: [TorchTensor] = []

  mutating func tuple(_ values: some Sequence<PickleValue>) -> PickleValue {
    tuples.append(Array(values))
    return .tuple(tuples.count - 1)
  }

  mutating func list() -> PickleValue {
    lists.append([])
    return .list(lists.count - 1)
  }

  mutating func dictionary() -> PickleValue {
    dictionaries.append([])
    return .dictionary(dictionaries.count - 1)
  }

  /// The storage of a persistent id: `('storage', class, key, device, elements)`, and in the old format
  /// `None` behind it, where it is not a part of another.
  mutating func storage(_ id: PickleValue) throws(WeightsError) -> PickleValue {
    guard case .tuple(let place) = id, (5...6).contains(tuples[place].count),
      case .text("storage") = tuples[place][0], case .global(.storage(let type)) = tuples[place][1],
      case .text(let key) = tuples[place][2], case .text = tuples[place][3],
      case .integer(let count) = tuples[place][4], count >= 0
    else { throw .checkpoint("a storage is not described as torch does") }
    guard tuples[place].count == 5 || tuples[place][5] == .none else {
      throw .checkpoint("a storage is part of another, as in files of PyTorch before 0.4")
    }
    storages.append(TorchStorage(type: type, key: key, count: count))
    return .storage(storages.count - 1)
  }

  /// What a call of a name gives.
  mutating func call(
    _ function: PickleValue, _ arguments: PickleValue
  ) throws(WeightsError) -> PickleValue {
    guard case .global(let name) = function, case .tuple(let place) = arguments else {
      throw .checkpoint("a call of what is no function")
    }
    let arguments = tuples[place]
    switch name {
    case .orderedDictionary where arguments.isEmpty: return dictionary()
    case .rebuildTensor(let count) where arguments.count == count:
      tensors.append(try tensor(arguments))
      return .tensor(tensors.count - 1)
    case .rebuildParameter where arguments.count == 3:
      guard case .tensor = arguments[0] else { break }
      return arguments[0]
    default: break
    }
    throw .checkpoint("a call with other arguments than a state dict's")
  }

  private func tensor(_ arguments: [PickleValue]) throws(WeightsError) -> TorchTensor {
    guard case .storage(let storage) = arguments[0], case .integer(let offset) = arguments[1],
      let extents = integers(arguments[2]), let strides = integers(arguments[3])
    else { throw .checkpoint("a tensor is not described as torch does") }
    return TorchTensor(
      storage: storages[storage], offset: offset, extents: extents, strides: strides)
  }

  private func integers(_ value: PickleValue) -> [Int]? {
    guard case .tuple(let place) = value, tuples[place].count <= TorchTensor.mostExtents else {
      return nil
    }
    var result: [Int] = []
    for case .integer(let number) in tuples[place] { result.append(number) }
    return result.count == tuples[place].count ? result : nil
  }
}

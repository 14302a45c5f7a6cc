import Archives

/// What the pickle of a NumPy array names and calls: arrays and their types; all else is passed over without being
/// built.
///
/// NumPy writes an array as a call of `_reconstruct`, and its state behind that, or with protocol 5 as one of
/// `_frombuffer`; both have moved from `numpy.core` to `numpy._core`. Bytes are a text of Latin 1 in protocol 2.
struct NumPyObjects: PickleVocabulary {
  /// An array as it is described.
  struct Parts {
    let type: NumPyType?
    /// NumPy's code for the type.
    let code: String
    let shape: [Int]
    let isFortran: Bool
    /// Bytes, a text of Latin 1, or a list of objects.
    let data: PickleValue
  }

  static let opcodes = Set(PickleOpcode.allCases).subtracting([.binPersistentID])
  static let protocols: ClosedRange<UInt8> = 2...5
  static let passesOver = true

  /// The file, in errors.
  let file: String
  private var names: [Name] = []
  private var objects: [Object] = []

  private enum Name { case reconstruct, buffer, type, encode, other }

  private enum Object {
    case array(Parts?)
    case type(code: String)
    case bytes(PickleValue)
  }

  init(file: String) { self.file = file }

  /// The array that a value is; nil for any other.
  func array(_ value: PickleValue) -> Parts? {
    guard case .object(let place) = value, case .array(let parts) = objects[place] else {
      return nil
    }
    return parts
  }

  func failure(_ fault: PickleFault) -> ImagingError {
    switch fault {
    case .opcode, .version: .unsupported(file: file, reason: "\(fault)", advice: NPYFile.advice)
    case .tooLong, .nonsense: .damaged(file: file, reason: "\(fault)")
    }
  }

  mutating func global(module: String, name: String) throws(ImagingError) -> PickleValue {
    let isOf = { (part: String) in module == "numpy.core.\(part)" || module == "numpy._core.\(part)"
    }
    switch name {
    case "_reconstruct" where isOf("multiarray"): names.append(.reconstruct)
    case "_frombuffer" where isOf("numeric"): names.append(.buffer)
    case "dtype" where module == "numpy": names.append(.type)
    case "encode" where module == "_codecs": names.append(.encode)
    default: names.append(.other)
    }
    return .global(names.count - 1)
  }

  mutating func call(
    _ function: PickleValue, _ arguments: PickleValue, in values: inout PickleValues
  ) throws(ImagingError) -> PickleValue {
    guard case .global(let number) = function, case .tuple(let place) = arguments else {
      return .other
    }
    let arguments = values.tuples[place]
    switch names[number] {
    case .reconstruct: objects.append(.array(nil))
    case .type:
      guard let first = arguments.first, let code = values.text(first) else { return .other }
      objects.append(.type(code: code))
    case .encode:
      guard arguments.count == 2, case .text = arguments[0],
        values.text(arguments[1]).map({ $0 == "latin1" || $0 == "latin-1" }) == true
      else { return .other }
      objects.append(.bytes(arguments[0]))
    case .buffer:
      guard arguments.count >= 4, let order = values.text(arguments[3]),
        let parts = parts(
          shape: arguments[2], type: arguments[1], isFortran: order == "F", arguments[0],
          in: values)
      else { return .other }
      objects.append(.array(parts))
    case .other: return .other
    }
    return .object(objects.count - 1)
  }

  mutating func build(
    _ value: PickleValue, state: PickleValue, in values: PickleValues
  ) throws(ImagingError) -> Bool {
    guard case .object(let object) = value, case .tuple(let place) = state else { return false }
    let state = values.tuples[place]
    switch objects[object] {
    case .type(let code):
      // Version, order of bytes, the type that it is a part of, and the names of fields that it has.
      guard state.count > 3, let order = values.text(state[1]), order.utf8.count == 1 else {
        return false
      }
      let isPlain = state[2] == .none && state[3] == .none
      let plain = code.drop { "<>|=".contains($0) }
      objects[object] = .type(code: isPlain ? order + plain : "V")
    case .array:
      guard state.count == 5, case .bool(let isFortran) = state[3] else { return false }
      objects[object] = .array(
        parts(shape: state[1], type: state[2], isFortran: isFortran, state[4], in: values))
    case .bytes: return false
    }
    return true
  }

  func persistent(
    _ id: PickleValue, in values: PickleValues
  ) throws(ImagingError) -> PickleValue { .other }

  /// An array of what describes it; nil where that makes no sense.
  private func parts(
    shape: PickleValue, type: PickleValue, isFortran: Bool, _ data: PickleValue,
    in values: PickleValues
  ) -> Parts? {
    guard let shape = values.integers(shape, most: 32), shape.allSatisfy({ $0 >= 0 }),
      case .object(let place) = type, case .type(let code) = objects[place]
    else { return nil }
    var data = data
    if case .object(let place) = data, case .bytes(let text) = objects[place] { data = text }
    return Parts(
      type: NumPyType(code), code: code, shape: shape, isFortran: isFortran, data: data)
  }
}

public import Autograd

/// Why weights could not be read, written or put into a network.
public enum WeightsError: Error, Equatable, CustomStringConvertible {
  /// The bytes are not a safetensors file: what is wrong.
  case malformed(String)
  /// A tensor has a type that is not a floating point number.
  case type(key: Path, found: String)
  /// A filter of eight bits has no scales that fit it, or could not be made: what is wrong.
  case quantization(key: Path, String)
  /// A tensor is not as large as the network needs it.
  case shape(key: Path, expected: Shape, found: Shape)
  /// The network has parameters that the weights lack.
  case missing([Path])
  /// The weights have tensors that the network lacks.
  case unexpected([Path])
  /// The file could not be read or written: where and why.
  case file(path: String, reason: String)

  /// One line: what, where, and what to try.
  public var description: String {
    switch self {
    case .malformed(let what):
      "not a readable safetensors file: \(what); is it whole, and was it saved as .safetensors?"
    case .type(let key, let found):
      "'\(key)' holds \(found) values, weights need F32, F16, BF16 or F64"
    case .quantization(let key, let what):
      "'\(key)' as 8-bit weights: \(what)"
    case .shape(let key, let expected, let found):
      "'\(key)' is \(found), the network needs \(expected); was it trained with other widths?"
    case .missing(let paths):
      "\(Self.list(paths)) missing from the weights; are they of another architecture?"
    case .unexpected(let paths):
      "\(Self.list(paths)) unknown to the network; are the weights of another architecture?"
    case .file(let path, let reason):
      "\(path): \(reason)"
    }
  }

  private static func list(_ paths: [Path]) -> String {
    let named = paths.prefix(2).map { "'\($0)'" }.joined(separator: ", ")
    let rest = paths.count - 2
    let text = rest > 0 ? "\(named) and \(rest) more" : named
    return paths.count == 1 ? "\(text) is" : "\(text) are"
  }
}

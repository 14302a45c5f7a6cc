public import Autograd

/// Why weights could not be read, written or put into a network.
public enum WeightsError: Error, Equatable, CustomStringConvertible {
  /// The bytes are not a safetensors file: what is wrong.
  case malformed(String)
  /// The bytes are not those whose checksum was written with them.
  case damaged
  /// A tensor has a type that is not a floating point number.
  case type(key: Path, found: String)
  /// A filter of eight bits has no scales that fit it, or could not be made: what is wrong.
  case quantization(key: Path, String)
  /// The bytes are not a checkpoint of torch.save that holds a state dict: what is wrong.
  case checkpoint(String)
  /// The weights are not those of the network: which tensors, all of them.
  case misfit(Misfit)
  /// The file could not be read or written: where and why.
  case file(path: String, reason: String)

  /// One line: what, where, and what to try.
  public var description: String {
    switch self {
    case .malformed(let what):
      "not a readable safetensors file: \(what); is it whole, and was it saved as .safetensors?"
    case .damaged:
      "its bytes are not those that were written; take a copy of it, or train again"
    case .type(let key, let found):
      "'\(key)' holds \(found) values, weights need F32, F16, BF16 or F64"
    case .quantization(let key, let what):
      "'\(key)' as 8-bit weights: \(what)"
    case .checkpoint(let what):
      "not a readable PyTorch checkpoint: \(what); is it whole, and saved by "
        + "torch.save(model.state_dict(), FILE)?"
    case .misfit(let misfit): misfit.description
    case .file(let path, let reason):
      "\(path): \(reason)"
    }
  }
}

/// Where weights and a network do not fit each other: every name that one of them lacks, and every tensor
/// of another shape.
public struct Misfit: Equatable, Sendable, CustomStringConvertible {
  /// A tensor that is not as large as the network needs it.
  struct Misshapen: Equatable {
    /// Its name.
    let key: Path
    /// What the network needs.
    let expected: Shape
    /// What the weights have.
    let found: Shape
  }

  /// What the network has and the weights lack.
  var missing: [Path] = []
  /// What the weights have and the network lacks.
  var unexpected: [Path] = []
  /// What both have in other shapes.
  var misshapen: [Misshapen] = []

  /// How many tensors do not fit.
  public var count: Int { missing.count + unexpected.count + misshapen.count }

  /// One line: the first names of each kind, how many more there are, and what to try.
  public var description: String {
    var parts: [String] = []
    if let first = misshapen.first {
      let more = misshapen.count > 1 ? " (and \(misshapen.count - 1) more of other shapes)" : ""
      parts.append("'\(first.key)' is \(first.found), the network needs \(first.expected)\(more)")
    }
    if !missing.isEmpty { parts.append("\(Self.list(missing)) missing from the weights") }
    if !unexpected.isEmpty { parts.append("\(Self.list(unexpected)) unknown to the network") }
    let onlyShapes = missing.isEmpty && unexpected.isEmpty
    return parts.joined(separator: ", ")
      + (onlyShapes ? "; was it trained with other widths?" : "; are they of another architecture?")
  }

  /// A line for each tensor: all that `description` counts.
  public var lines: [String] {
    missing.map { "missing: \($0)" } + unexpected.map { "left over: \($0)" }
      + misshapen.map { "misshapen: \($0.key) is \($0.found), the network needs \($0.expected)" }
  }

  private static func list(_ paths: [Path]) -> String {
    let named = paths.prefix(2).map { "'\($0)'" }.joined(separator: ", ")
    let rest = paths.count - 2
    let text = rest > 0 ? "\(named) and \(rest) more" : named
    return paths.count == 1 ? "\(text) is" : "\(text) are"
  }
}

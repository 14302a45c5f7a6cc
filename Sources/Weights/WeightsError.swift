public import Autograd

/// Why weights could not be read, written or put into a network.
public enum WeightsError: Error, Equatable, CustomStringConvertible {
  /// The bytes are not a safetensors file: what is wrong.
  case malformed(String)
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

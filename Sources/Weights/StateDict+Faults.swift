import Autograd

/// A tensor whose numbers no network can compute with.
public struct TensorFault: Equatable, Sendable, CustomStringConvertible {
  /// What is wrong with it.
  public enum Kind: Equatable, Sendable {
    /// A value is no finite number.
    case notFinite
    /// A running variance, of which a root is taken, is below zero.
    case negativeVariance
  }

  /// The tensor's name, as the file has it.
  public let tensor: String
  /// What is wrong with it.
  public let kind: Kind

  /// Half a line: `'bn1.running_var' has a variance below zero`.
  public var description: String {
    switch kind {
    case .notFinite: "'\(tensor)' has a value that is no finite number"
    case .negativeVariance: "'\(tensor)' has a variance below zero"
    }
  }
}

extension StateDict {
  /// The first tensor, in order, whose numbers no network can compute with; nil where all are sound.
  public var fault: TensorFault? {
    for tensor in tensors {
      let name = tensor.path.description
      if !tensor.values.allSatisfy(\.isFinite) {
        return TensorFault(tensor: name, kind: .notFinite)
      }
      if name.hasSuffix("running_var"), tensor.values.contains(where: { $0 < 0 }) {
        return TensorFault(tensor: name, kind: .negativeVariance)
      }
    }
    return nil
  }
}

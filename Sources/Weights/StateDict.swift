public import Autograd

/// One entry of a state dict: a dotted name, a shape and its values in PyTorch's order.
public struct NamedTensor: Equatable, Sendable {
  /// The name, as PyTorch's `state_dict` spells it.
  public let path: Path
  /// The extents; none for a single number.
  public let shape: Shape
  /// `shape.count` values, the last extent running fastest.
  public let values: [Float]

  /// Names values.
  ///
  /// - Precondition: there are as many values as the shape holds.
  public init(path: Path, shape: Shape, values: [Float]) {
    precondition(
      shape.count == values.count, "\(path) is \(shape) but has \(values.count) values")
    self.path = path
    self.shape = shape
    self.values = values
  }
}

/// Tensors by name, in the order in which they were added, and notes about them: what a weights file holds.
public struct StateDict: Equatable, Sendable {
  /// The tensors, in order; no name comes twice.
  public private(set) var tensors: [NamedTensor] = []
  /// Notes kept with the tensors, such as the architecture and the recipe.
  public var metadata: [String: String]

  private var indices: [Path: Int] = [:]

  /// Makes a state dict of tensors.
  ///
  /// - Precondition: no name comes twice.
  public init(_ tensors: [NamedTensor] = [], metadata: [String: String] = [:]) {
    self.metadata = metadata
    for tensor in tensors { append(tensor) }
  }

  /// The names, in order.
  public var paths: [Path] { tensors.map(\.path) }

  /// The tensor of a name, if there is one.
  public subscript(path: Path) -> NamedTensor? {
    indices[path].map { tensors[$0] }
  }

  /// The tensors below a path under the rest of their names, without notes: an encoder's, by itself.
  public func part(below path: Path) -> StateDict {
    StateDict(
      tensors.compactMap { tensor in
        tensor.path.rest(below: path).map {
          NamedTensor(path: $0, shape: tensor.shape, values: tensor.values)
        }
      })
  }

  /// The first tensor, in order, whose numbers no network can compute with; nil where all are sound.
  public var fault: TensorFault? {
    for tensor in tensors {
      let name = tensor.path.description
      if !tensor.values.allSatisfy(\.isFinite) { return .notFinite(name) }
      if name.hasSuffix("running_var"), tensor.values.contains(where: { $0 < 0 }) {
        return .negativeVariance(name)
      }
    }
    return nil
  }

  /// Adds a tensor at the end.
  ///
  /// - Precondition: its name is new.
  public mutating func append(_ tensor: NamedTensor) {
    precondition(indices[tensor.path] == nil, "'\(tensor.path)' is there already")
    indices[tensor.path] = tensors.count
    tensors.append(tensor)
  }

  /// Whether metadata and tensors agree, whatever their order.
  public static func == (left: StateDict, right: StateDict) -> Bool {
    left.metadata == right.metadata && left.tensors.count == right.tensors.count
      && left.tensors.allSatisfy { right[$0.path] == $0 }
  }
}

extension Path {
  /// The rest of a name that lies below another; nil for any other name.
  func rest(below path: Path) -> Path? {
    let start = path.description + "."
    guard description.hasPrefix(start) else { return nil }
    return Path(String(description.dropFirst(start.count)))
  }
}

/// A tensor whose numbers no network can compute with, by its name in the file.
public enum TensorFault: Equatable, Sendable, CustomStringConvertible {
  /// A value is no finite number.
  case notFinite(String)
  /// A running variance, of which a root is taken, is below zero.
  case negativeVariance(String)

  /// Half a line: `'bn1.running_var' has a variance below zero`.
  public var description: String {
    switch self {
    case .notFinite(let tensor): "'\(tensor)' has a value that is no finite number"
    case .negativeVariance(let tensor): "'\(tensor)' has a variance below zero"
    }
  }
}

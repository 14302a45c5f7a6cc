public import Autograd

/// Tensors by name, in the order in which they were added, and notes about them: what a weights file holds.
public struct StateDict: Equatable, Sendable {
  /// The tensors, in order; no name comes twice.
  public private(set) var tensors: [NamedTensor] = []
  /// Notes kept with the tensors, such as the architecture and the recipe.
  public var metadata: [String: String]

  private var indices: [Path: Int] = [:]

  /// Makes an empty state dict.
  public init(metadata: [String: String] = [:]) {
    self.metadata = metadata
  }

  /// Makes a state dict of tensors.
  ///
  /// - Precondition: no name comes twice.
  public init(_ tensors: [NamedTensor], metadata: [String: String] = [:]) {
    self.init(metadata: metadata)
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
    let start = path.description + "."
    return StateDict(
      tensors.filter { $0.path.description.hasPrefix(start) }.map {
        NamedTensor(
          path: Path(String($0.path.description.dropFirst(start.count))), shape: $0.shape,
          values: $0.values)
      })
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

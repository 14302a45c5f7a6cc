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

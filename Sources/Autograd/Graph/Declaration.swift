/// How a parameter or a statistic starts.
public enum Initializer: Hashable, Sendable {
  /// Every element drawn evenly from `-bound ..< bound`.
  case uniform(bound: Float)
  /// Every element the same.
  case constant(Float)
}

/// One parameter or statistic that a graph names.
public struct Declaration: Hashable, Sendable {
  /// Its name, as in PyTorch's `state_dict`.
  public let path: Path
  /// Its extents in PyTorch's order.
  public let shape: Shape
  /// How it starts.
  let initializer: Initializer
  /// Whether the optimiser moves it; running statistics are state and not trained.
  public let isTrained: Bool
}

/// The handle of one value of a graph: an input, a parameter, a statistic or an op's output.
public struct Value: Hashable, Sendable {
  let index: Int
}

/// How a parameter or a statistic starts.
public enum Initializer: Hashable, Sendable {
  /// Every element drawn evenly from `-bound ..< bound`.
  case uniform(bound: Float)
  /// Every element the same.
  case constant(Float)
}

/// One parameter or statistic that a graph names.
struct Declaration: Hashable, Sendable {
  /// Its name, as in PyTorch's `state_dict`.
  let path: Path
  /// Its extents in PyTorch's order.
  let shape: Shape
  let initializer: Initializer
  /// Whether the optimiser moves it; running statistics are state and not trained.
  let isTrained: Bool
}

import Weights

/// A running mean of a network's weights, by value: what a checkpoint holds of it.
struct WeightAverage: Equatable, Sendable {
  /// How many steps' weights are in the mean.
  let count: Int
  /// The means, in the order of the paths; empty before the first step.
  let means: [[Float]]

  /// The mean under the names of the weights that it is of.
  func stateDict(like weights: StateDict) -> StateDict {
    StateDict(
      zip(weights.tensors, means).map { tensor, values in
        NamedTensor(path: tensor.path, shape: tensor.shape, values: values)
      })
  }
}

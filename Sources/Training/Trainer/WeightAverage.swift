import Autograd
import Weights

/// A running mean of a network's weights, by value: what a checkpoint holds of it.
struct WeightAverage: Equatable, Sendable {
  /// How many steps' weights are in the mean.
  let count: Int
  /// The means, in the order of the paths; empty before the first step.
  let means: [[Float]]

  /// The mean under the names of the network's weights.
  func stateDict(like parameters: ParameterStore) -> StateDict {
    StateDict(
      zip(parameters.paths, means).map { path, values in
        NamedTensor(path: path, shape: parameters.shape(of: path), values: values)
      })
  }
}

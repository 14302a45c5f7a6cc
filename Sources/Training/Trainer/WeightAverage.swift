import Autograd
import Weights

/// The running mean of a network's weights over the steps at the end of a run.
///
/// Batch norm's running mean and variance are averaged like the weights: they are statistics of the
/// very networks that are averaged, and at a batch of one to four images their mean over the steps
/// is steadier than the last of them.
struct WeightAverage: Equatable, Sendable {
  /// How many steps' weights are in the mean.
  private(set) var count = 0
  /// The means, in the order of the paths.
  private(set) var means: [[Float]] = []

  /// An empty mean.
  init() {}

  /// Takes up a mean that was saved.
  init(count: Int, means: [[Float]]) {
    self.count = count
    self.means = means
  }

  /// Takes in the weights of one more step.
  mutating func add(_ parameters: ParameterStore) {
    count += 1
    let paths = parameters.paths
    guard count > 1 else {
      means = paths.map { parameters[$0] }
      return
    }
    let share = 1 / Float(count)
    for (index, path) in paths.enumerated() {
      Self.move(&means[index], towards: parameters[path], by: share)
    }
  }

  /// The mean under the names of the network's weights.
  func stateDict(like parameters: ParameterStore) -> StateDict {
    StateDict(
      zip(parameters.paths, means).map { path, values in
        NamedTensor(path: path, shape: parameters.shape(of: path), values: values)
      })
  }

  private static func move(_ mean: inout [Float], towards values: [Float], by share: Float) {
    precondition(mean.count == values.count, "\(mean.count) means of \(values.count) values")
    for index in mean.indices { mean[index] += share * (values[index] - mean[index]) }
  }
}

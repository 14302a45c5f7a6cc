import Autograd
import Foundation
import Weights

/// All that a run needs to go on with the same bits: weights, Adam, generator, order, averages.
///
/// Kept as one safetensors file: tensors named `weights/*`, `adam.first/*`, `adam.second/*` and
/// `average/*`, the rest as JSON in its metadata.
struct Checkpoint<State: CheckpointState>: Equatable, Sendable {
  /// Counters, generator, order and history.
  var state: State
  /// Weights and running statistics.
  var weights: StateDict
  /// The optimiser.
  var adam: AdamState
  /// The mean of the weights over the run or its end.
  var average: WeightAverage
}

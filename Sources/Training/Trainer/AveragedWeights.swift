import Autograd
import Kernels
import Weights

/// The running mean of a network's weights over the steps of a run, as parameters of its own.
///
/// Batch norm's running mean and variance are averaged like the weights: they are statistics of the
/// very networks that are averaged, and at a batch of one to four images their mean over the steps
/// is steadier than the last of them.
final class AveragedWeights {
  /// How many steps' weights are in the mean.
  private(set) var count = 0
  /// The mean; none before the first step.
  private(set) var parameters: ParameterStore?

  /// Takes in the weights of one more step.
  ///
  /// Without a decay all steps count alike. With one, the mean keeps that share of itself, so that a step
  /// counts less the longer ago it is; until `1 / (1 - decay)` steps are in, all count alike, so that the
  /// first is not the start of everything.
  ///
  /// - Precondition: the decay is at least 0 and under 1.
  func add(_ weights: ParameterStore, decay: Double, pool: ThreadPool) {
    precondition((0..<1).contains(decay), "a decay of \(decay)")
    count += 1
    guard let parameters else { return parameters = ParameterStore(copyOf: weights) }
    let even = 1 / Float(count)
    let share = decay > 0 ? max(even, Float(1 - decay)) : even
    parameters.move(towards: weights, by: share, pool: pool)
  }

  /// The mean by value.
  var value: WeightAverage {
    WeightAverage(
      count: count, means: parameters.map { store in store.paths.map { store[$0] } } ?? [])
  }

  /// Takes up a mean that was saved, of the network of some weights.
  ///
  /// - Throws: `TrainingError.checkpoint` where it is of another network.
  func restore(_ average: WeightAverage, like weights: ParameterStore) throws(TrainingError) {
    guard average.count > 0 else {
      (count, parameters) = (0, nil)
      return
    }
    let store = ParameterStore(copyOf: weights)
    do {
      try store.load(average.stateDict(like: weights), strict: true)
    } catch {
      throw .checkpoint(error.description)
    }
    (count, parameters) = (average.count, store)
  }
}

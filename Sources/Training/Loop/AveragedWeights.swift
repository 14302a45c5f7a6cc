import Autograd
import Kernels
import Weights

/// The mean of a network's weights over the steps of a run, as parameters of its own.
///
/// Batch norm's running mean and variance are averaged like the weights: they are statistics of the
/// very networks that are averaged, and at a batch of one to four images their mean over the steps
/// is steadier than the last of them.
final class AveragedWeights {
  /// How many steps' weights are in the mean.
  private(set) var count = 0
  /// The mean; none as long as nothing is in it.
  private(set) var parameters: ParameterStore?

  private let rule: MeanRule

  /// A mean by a rule, over a run that starts with some weights.
  init(_ rule: MeanRule, from start: ParameterStore) {
    self.rule = rule
    if rule.countsStart { (count, parameters) = (1, ParameterStore(copyOf: start)) }
  }

  /// Takes in the weights after a step, where that step counts.
  func add(_ weights: ParameterStore, after step: Int, pool: ThreadPool) {
    guard let share = rule.share(after: step, count: count) else { return }
    count += 1
    guard let parameters else { return parameters = ParameterStore(copyOf: weights) }
    parameters.move(towards: weights, by: share, pool: pool)
  }

  /// The mean by value.
  var value: WeightAverage {
    WeightAverage(
      count: count, means: parameters.map { store in store.paths.map { store[$0] } } ?? [])
  }

  /// Takes up a mean that was saved, of the network of some weights.
  ///
  /// - Throws: `TrainingError.checkpoint` where it is of another network, or misses.
  func restore(_ average: WeightAverage, like weights: ParameterStore) throws(TrainingError) {
    guard average.count > 0 else {
      guard !rule.countsStart else { throw .checkpoint(.noAverages) }
      (count, parameters) = (0, nil)
      return
    }
    let store = ParameterStore(copyOf: weights)
    do {
      try store.load(average.stateDict(like: weights.stateDict), strict: true)
    } catch {
      throw .checkpoint(.weights(error))
    }
    (count, parameters) = (average.count, store)
  }
}

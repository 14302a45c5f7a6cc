import Autograd
import Foundation
import Kernels
import Recipes
import Weights

/// Which weights a run measures, and which it ends with.
struct KeepRule: Equatable, Sendable {
  enum Choice: Equatable, Sendable {
    /// Those of the lowest validation loss.
    case best
    /// Those after the last step.
    case last
    /// Those of every epoch, each in the place of the last.
    case every
  }

  /// Of all that is measured, what is written.
  var choice: Choice
  /// The mean that is measured and written in place of the weights themselves.
  var mean: MeanRule?
}

extension KeepRule {
  /// Follows the recipe where there is something to validate on; with few labels the run is averaged,
  /// unless the recipe asks for no validation and for the plain last weights.
  init(_ recipe: Recipe, validates: Bool, steps: Int) {
    let decay = recipe.optimisation.ema
    let average = decay > 0 ? MeanRule.decaying(decay) : .even(after: steps - (steps + 4) / 5)
    switch recipe.keep {
    case .best where validates: self.init(choice: .best, mean: decay > 0 ? average : nil)
    case .last where validates || recipe.validation == 0: self.init(choice: .last)
    case .average, .best, .last: self.init(choice: .last, mean: average)
    }
  }
}

/// How the mean of a network's weights moves with the steps of a run.
enum MeanRule: Equatable, Sendable {
  /// All steps after so many count alike.
  case even(after: Int)
  /// The mean keeps this share of itself at a step, so that a step counts less the longer ago it is; until
  /// `1 / (1 - share)` steps are in, all count alike, so that the first is not the start of everything.
  case decaying(Double)
  /// The same from the starting weights on, beginning as a short memory that becomes a long one, so that a
  /// random start is soon forgotten.
  ///
  /// It moves after every fourth step, as far as it would have in four: a pass over all weights costs as
  /// much as a seventh of Adam's step.
  case ramped(Double)

  /// Steps between two moves of a ramped mean.
  static let interval = 4

  /// Whether the starting weights are a part of it.
  var countsStart: Bool {
    if case .ramped = self { true } else { false }
  }

  /// How far a mean over so many steps' weights moves after a step: the share of the way to the weights, 1
  /// for the first ones; nil where it does not move.
  ///
  /// - Precondition: a share that stays is at least 0 and under 1.
  func share(after step: Int, count: Int) -> Float? {
    let even = 1 / Float(count + 1)
    switch self {
    case .even(let before): return step > before ? even : nil
    case .decaying(let stays):
      precondition((0..<1).contains(stays), "a mean that keeps \(stays) of itself")
      return max(even, Float(1 - stays))
    case .ramped(let stays):
      guard step.isMultiple(of: Self.interval) else { return nil }
      let ramp = Double(1 + step) / Double(10 + step)
      return Float(1 - pow(min(stays, ramp), Double(Self.interval)))
    }
  }
}

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

  var value: WeightAverage {
    WeightAverage(count: count, weights: parameters?.stateDict ?? StateDict())
  }

  /// Takes up a mean that was saved, of the network of some weights.
  ///
  /// - Throws: `TrainingError.checkpoint` where it is of another network, or misses.
  func restore(_ average: WeightAverage, like weights: ParameterStore) throws(TrainingError) {
    guard average.count > 0 else {
      guard !rule.countsStart else { throw .checkpoint(.noAverages) }
      return (count, parameters) = (0, nil)
    }
    let store = ParameterStore(copyOf: weights)
    do {
      try store.load(average.weights)
    } catch {
      throw .checkpoint(.weights(error))
    }
    (count, parameters) = (average.count, store)
  }
}

/// A running mean of a network's weights, by value: what a checkpoint holds of it.
struct WeightAverage: Equatable, Sendable {
  /// How many steps' weights are in the mean.
  var count = 0
  /// The means, under the names of the weights; empty before the first step.
  var weights = StateDict()
}

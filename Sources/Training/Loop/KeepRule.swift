import Project
import Recipes

/// Which weights a run measures, and which it ends with.
struct KeepRule: Equatable, Sendable {
  /// Of all that it measures, which it writes.
  enum Choice: Equatable, Sendable {
    /// Those of the lowest validation loss.
    case best
    /// Those after the last step.
    case last
    /// Those of every epoch, each in the place of the last.
    case every
  }

  /// Which weights are written.
  var choice: Choice
  /// The mean that is measured and written in place of the weights themselves.
  var mean: MeanRule?

  /// Follows the recipe where there is something to validate on; with few labels the run is averaged,
  /// unless the recipe asks for no validation and for the plain last weights.
  ///
  /// - Parameters:
  ///   - recipe: The settings.
  ///   - validates: Whether there is something to validate on.
  ///   - steps: Steps of the whole run.
  init(_ recipe: Recipe, validates: Bool, steps: Int) {
    let decay = recipe.optimisation.ema
    let average = decay > 0 ? MeanRule.decaying(decay) : .even(after: steps - (steps + 4) / 5)
    switch recipe.keep {
    case .best where validates: self.init(.best, mean: decay > 0 ? average : nil)
    case .last where validates || recipe.validation == 0: self.init(.last)
    case .average, .best, .last: self.init(.last, mean: average)
    }
  }

  /// Keeps these, or their mean.
  init(_ choice: Choice, mean: MeanRule? = nil) {
    self.choice = choice
    self.mean = mean
  }
}

import Project
import Recipes

/// Which weights a run ends with.
enum KeptWeights: Equatable, Sendable {
  /// Those of the lowest validation loss.
  case best
  /// Those after the last step.
  case last
  /// The mean over the run, by `Recipe.FineTuning.ema`, or over the last fifth of its steps.
  case averaged

  /// Follows the recipe where there is something to validate on; with few labels the run is averaged,
  /// unless the recipe asks for no validation and for the plain last weights.
  init(_ recipe: Recipe, validates: Bool) {
    switch recipe.keep {
    case .average: self = .averaged
    case .best: self = validates ? .best : .averaged
    case .last: self = validates || recipe.validation == 0 ? .last : .averaged
    }
  }
}

import Project

/// Which weights a run ends with.
enum KeptWeights: Equatable, Sendable {
  /// Those of the lowest validation loss.
  case best
  /// Those after the last step.
  case last
  /// The mean over the last fifth of the steps.
  case averaged

  /// Follows the recipe where there is something to validate on; with few labels the end of the run
  /// is averaged, unless the recipe asks for no validation and for the plain last weights.
  init(_ recipe: Recipe, validates: Bool) {
    if validates {
      self = recipe.keep == .best ? .best : .last
    } else {
      self = recipe.validation == 0 && recipe.keep == .last ? .last : .averaged
    }
  }
}

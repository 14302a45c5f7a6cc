import Project
import Recipes
import Weights

/// What a run is started with.
struct RunOrder: Sendable {
  /// The settings.
  var recipe: Recipe
  /// All labelled images, cropped to the recipe's size.
  var samples: [CroppedSample]
  /// Which of them are validated on, if that is not left to the seed.
  var split: Split?
  /// What the weights to go on from were trained and validated on.
  var past: Split?
  /// Weights to go on from.
  var start: StateDict?
  /// Whether to go on from the last checkpoint.
  var resumes = false
  /// Threads that the engine computes on.
  var threads = 1
}

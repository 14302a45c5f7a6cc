import Project
import Weights

/// What a run is started with.
struct RunOrder: Sendable {
  /// The settings.
  var recipe: Recipe
  /// All labelled images.
  var samples: [Sample]
  /// Which of them are validated on, if that is not left to the seed.
  var split: Split?
  /// Weights to go on from.
  var start: StateDict?
  /// Whether to go on from the last checkpoint.
  var resumes = false
  /// Threads that the engine computes on.
  var threads = 1
}

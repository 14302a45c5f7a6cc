import Project
import Recipes
import Weights

/// What a pretraining is started with.
struct PretrainingOrder: Sendable {
  /// The settings.
  var settings: PretrainingSettings
  /// Real images that it is measured on.
  var real: [ValidationSet] = []
  /// Weights to go on from.
  var start: StateDict?
  /// Whether to go on from the last checkpoint.
  var resumes = false
  /// Seconds between two checkpoints, at least.
  var checkpointInterval = 300.0
  /// Threads that the engine computes on.
  var threads = 1
}

import Project
import Recipes

/// Where a pretraining stands, apart from its tensors.
struct PretrainingState: CheckpointState {
  static let format = "aura-pretraining-1"

  /// The settings, which must be the same on resuming.
  var settings: PretrainingSettings
  /// Steps done.
  var step = 0
  /// Images seen in all: the number of the next one.
  var seen = 0
  /// The loss of the images since the last validation, summed.
  var lossSum = 0.0
  /// Images since the last validation.
  var imagesSeen = 0
  /// Seconds of training since the last validation.
  var seconds = 0.0
  /// Training and validation loss at each validation.
  var history: [EpochRecord] = []
  /// All figures of each validation.
  var validations: [ValidationRecord] = []

  /// Starts a pretraining.
  init(_ settings: PretrainingSettings) { self.settings = settings }
}

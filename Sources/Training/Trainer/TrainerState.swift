import Basics
import Imaging
import Project
import Recipes

/// Where a run stands, apart from its tensors: what a checkpoint holds as text.
struct TrainerState: CheckpointState {
  static let format = "aura-checkpoint-1"

  /// The settings, which must be the same on resuming.
  var recipe: Recipe
  /// A digest of the training and validation crops, which must be the same on resuming.
  var samples: String
  /// Steps done.
  var step = 0
  /// Epochs done.
  var epoch = 0
  /// The order of the images in the epoch in hand.
  var sampler: BatchSampler
  /// What the next random choices come from.
  var generator: SeededGenerator
  /// The loss of the images seen in the epoch in hand, summed.
  var lossSum = 0.0
  /// Images seen in the epoch in hand.
  var imagesSeen = 0
  /// Seconds that the epoch in hand has taken.
  var seconds = 0.0
  /// The epochs done.
  var history: [EpochRecord] = []
  /// The epoch with the lowest validation loss.
  var bestEpoch: Int?
  /// The lowest validation loss.
  var bestLoss: Double?
}

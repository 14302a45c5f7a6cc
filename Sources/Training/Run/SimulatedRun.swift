import Networks
import Project
import Recipes
import Weights

/// A pretraining on simulated images, as it is started.
struct SimulatedRun: RunOrder {
  /// The settings.
  var settings: PretrainingSettings
  /// Real images that it is measured on.
  var real: [ValidationSet] = []
  var start: StateDict?
  var resumes = false
  var checkpointInterval = 300.0
  var threads = 1

  var architecture: Architecture { settings.recipe.architecture }

  func check(for network: Architecture) throws(TrainingError) {
    try settings.check(for: network)
    for side in settings.sizes {
      try MemoryNeed.check(settings.recipe(at: side), images: settings.count(at: side))
    }
  }

  func job(
    of network: some SegmentationNetwork, in folder: RunFolder
  ) throws(TrainingError) -> RunJob<SimulatedBatches> {
    RunJob(parts: try RunParts(settings, of: network, real: real))
  }
}

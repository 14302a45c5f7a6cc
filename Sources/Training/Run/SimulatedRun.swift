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

  func job(
    of network: some SegmentationNetwork, in folder: RunFolder
  ) throws(TrainingError) -> RunJob<SimulatedBatches> {
    RunJob(parts: RunParts(try settings.checked(for: network), of: network, real: real))
  }
}

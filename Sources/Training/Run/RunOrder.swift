import Networks
import Project
import Recipes
import Weights

/// What a run is started with.
protocol RunOrder: Sendable {
  /// Where its batches come from.
  associatedtype Source: BatchSource

  /// The network.
  var architecture: Architecture { get }
  /// Weights to go on from.
  var start: StateDict? { get }
  /// Whether to go on from the last checkpoint.
  var resumes: Bool { get }
  /// Seconds between two checkpoints, at least.
  var checkpointInterval: Double { get }
  /// Threads that the engine computes on.
  var threads: Int { get }

  /// The run's parts and images.
  ///
  /// - Parameters:
  ///   - network: The network that it trains.
  ///   - folder: Its folder, which a run that is gone on with has left files in.
  /// - Returns: The run, ready to begin.
  /// - Throws: `TrainingError` where the settings do not suit the network, the images or this machine.
  func job(
    of network: some SegmentationNetwork, in folder: RunFolder
  ) throws(TrainingError) -> RunJob<Source>
}

/// A run ready to begin: its parts, and the images that it learns from and is measured on.
struct RunJob<Source: BatchSource>: Sendable {
  /// What tells the kind of run.
  let parts: RunParts<Source>
  /// The labelled images that are trained on.
  var training: [ImageKey] = []
  /// The labelled images that are only validated on.
  var validation: [ImageKey] = []
  /// What the run writes as `split.csv`; none where it has no labelled images.
  var split: Split?
}

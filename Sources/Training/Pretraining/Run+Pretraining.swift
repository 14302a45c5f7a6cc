public import Foundation
import Project
public import Recipes
public import Weights

extension Run {
  /// Starts to pretrain a network on simulated images.
  ///
  /// - Parameters:
  ///   - settings: The settings, kept as `pretraining.json`.
  ///   - real: Real images that it is measured on, and never learns from.
  ///   - start: Weights of the same architecture to go on from, or none to begin afresh.
  ///   - folder: The run's folder, made if it is not there.
  ///   - resume: Whether to go on from the folder's `last.checkpoint`.
  ///   - checkpointInterval: Seconds between two checkpoints, at least.
  ///   - threads: Threads that the engine computes on.
  /// - Returns: The run, whose troubles arrive as `Progress.failed`.
  public static func pretrain(
    _ settings: PretrainingSettings, real: [ValidationSet] = [], start: StateDict? = nil,
    folder: URL, resume: Bool = false, checkpointInterval: Double = 300, threads: Int
  ) -> Run {
    let order = PretrainingOrder(
      settings: settings, real: real, start: start, resumes: resume,
      checkpointInterval: checkpointInterval, threads: threads)
    return launch(folder) { session throws(TrainingError) in try session.pretrain(order) }
  }

  /// Starts to pretrain any network.
  static func pretrain(
    _ order: PretrainingOrder, network: some SegmentationNetwork, folder: URL
  ) -> Run {
    launch(folder) { session throws(TrainingError) in
      try session.pretrain(order, network: network)
    }
  }
}

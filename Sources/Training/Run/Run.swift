public import Foundation
public import Project
public import Recipes
public import Weights

/// A training run in the background, on a thread of its own.
///
/// Only values cross: samples, settings and weights go in, `progress` comes out. The run looks at
/// `pause`, `resume` and `stop` between two batches.
public final class Run: Sendable {
  /// What the run reports, from its start to `finished` or `failed`; for one reader.
  public let progress: AsyncStream<Progress>
  /// The run's files.
  public let folder: RunFolder
  private let control: RunControl

  private init(progress: AsyncStream<Progress>, folder: RunFolder, control: RunControl) {
    self.progress = progress
    self.folder = folder
    self.control = control
  }

  /// Starts a run.
  ///
  /// - Parameters:
  ///   - recipe: The settings, kept as `recipe.json`.
  ///   - samples: All labelled images, cropped on the run's thread.
  ///   - split: Which of them are validated on; without, that follows from the seed and their names.
  ///   - start: Weights of the same architecture to go on from, or of its encoder alone, or none to
  ///     begin afresh.
  ///   - folder: `runs/<id>`, made if it is not there.
  ///   - resume: Whether to go on from the folder's `last.checkpoint`.
  ///   - threads: Threads that the engine computes on.
  /// - Returns: The run, whose troubles arrive as `Progress.failed`.
  public static func start(
    recipe: Recipe, samples: [Sample], split: Split? = nil, start: StateDict?, folder: URL,
    resume: Bool = false, threads: Int
  ) -> Run {
    launch(folder) { session throws(TrainingError) in
      var crops: [CroppedSample] = []
      for sample in samples { crops.append(try CroppedSample(sample, size: recipe.size)) }
      try session.run(
        LabelledRun(
          recipe: recipe, samples: crops, split: split, start: start, resumes: resume,
          threads: threads))
    }
  }

  /// Starts a run that goes on from an earlier one, with images that are cropped already.
  ///
  /// - Parameters:
  ///   - recipe: The settings, kept as `recipe.json`.
  ///   - crops: All labelled images, cropped to the recipe's size.
  ///   - start: Weights of the same architecture to go on from, or of its encoder alone, or none to
  ///     begin afresh.
  ///   - past: The `split.csv` of the run that those weights are of: what it knows is never validated
  ///     on, and it becomes part of the new run's.
  ///   - folder: `runs/<id>`, made if it is not there.
  ///   - threads: Threads that the engine computes on.
  /// - Returns: The run, whose troubles arrive as `Progress.failed`.
  public static func start(
    recipe: Recipe, crops: [CroppedSample], start: StateDict?, past: Split?, folder: URL,
    threads: Int
  ) -> Run {
    launch(folder) { session throws(TrainingError) in
      try session.run(
        LabelledRun(recipe: recipe, samples: crops, past: past, start: start, threads: threads))
    }
  }

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
    launch(folder) { session throws(TrainingError) in
      try session.run(
        SimulatedRun(
          settings: settings, real: real, start: start, resumes: resume,
          checkpointInterval: checkpointInterval, threads: threads))
    }
  }

  /// Starts a run of any network.
  static func start(
    _ order: some RunOrder, network: some SegmentationNetwork, folder: URL
  ) -> Run {
    launch(folder) { session throws(TrainingError) in
      try session.run(order, network: network)
    }
  }

  /// Asks the run to wait before its next batch.
  public func pause() { control.setPaused(true) }

  /// Asks the run to go on after a pause.
  public func resume() { control.setPaused(false) }

  /// Asks the run to end, with its weights and a checkpoint written.
  public func stop(after point: RunStop) { control.stop(after: point) }

  private static func launch(
    _ folder: URL, _ body: @escaping @Sendable (RunSession) throws(TrainingError) -> Void
  ) -> Run {
    let (stream, continuation) = AsyncStream<Progress>.makeStream()
    let control = RunControl()
    let files = RunFolder(id: folder.lastPathComponent, url: folder)
    let thread = Thread {
      let session = RunSession(folder: files, control: control) { continuation.yield($0) }
      do throws(TrainingError) {
        try body(session)
      } catch {
        continuation.yield(.failed(error))
      }
      continuation.finish()
    }
    thread.name = "training"
    thread.stackSize = 8 << 20
    thread.start()
    return Run(progress: stream, folder: files, control: control)
  }
}

public import Foundation
import Imaging
public import Project
public import Training
public import Recipes

/// A run on labelled images, from its first check to the scores of its weights.
public struct TrainingJob {
  /// What it begins with.
  public let beginning: Beginning
  private let labels: LabelSource
  private let threads: Int

  /// Prepares a run on so many threads; nothing is read or written.
  public init(_ beginning: Beginning, labels: LabelSource, threads: Int) {
    self.beginning = beginning
    self.labels = labels
    self.threads = threads
  }

  /// Refuses a run before anything is read for it.
  ///
  /// - Throws: `TrainingError` for settings that cannot be trained with, or that take more memory than
  ///   this machine has.
  public func check() throws(TrainingError) {
    try RunPlanner.check(beginning.recipe, labels: labels.training.count)
  }

  /// Reads the labels one by one and keeps what is trained on of each.
  ///
  /// - Parameter trouble: Told what is wrong with a label, which is then left out; throws where none is
  ///   to be.
  /// - Returns: the squares.
  /// - Throws: what `trouble` throws.
  public func crops(
    trouble: (ImageKey, any Error) throws -> Void = { throw $1 }
  ) throws -> [CroppedSample] {
    try labels.crops(size: beginning.recipe.size, trouble: trouble)
  }

  /// Reads the weights and starts the run in a folder; `onEvent` takes its reports, on its thread.
  ///
  /// - Throws: `WeightsTrouble` or `WeightsError` where the weights cannot be read.
  public func start(
    _ crops: [CroppedSample], in folder: URL, onEvent: @escaping @Sendable (RunEvent) -> Void
  ) throws -> Run {
    Run.start(
      recipe: beginning.recipe, crops: crops, split: labels.split,
      start: try beginning.weights(), past: beginning.past, folder: folder,
      resume: beginning.isResumed, threads: threads, onEvent: onEvent)
  }

  /// Scores the weights of the run on the images for testing; without any, on all that have masks.
  ///
  /// - Parameters:
  ///   - run: The finished run, whose `scores.csv` is written.
  ///   - scoring: At which size predictions are compared with masks.
  ///   - flips: Whether images are seen mirrored too.
  ///   - isStopped: Asked between two images.
  ///   - progress: Told how many are done, of how many, and which comes.
  /// - Returns: the scores; nil when told to stop before they were there.
  /// - Throws: what is wrong with an image, the weights or the disk.
  public func score(
    _ run: RunFolder, by scoring: ScoringProtocol, flips: Bool, isStopped: () -> Bool,
    progress: (_ done: Int, _ total: Int, _ key: ImageKey) -> Void
  ) throws -> FinalScores? {
    let evaluator = Evaluator(
      try NetworkFile(run.weightsFile.path).predictor(flips: flips, threads: threads),
      protocol: scoring)
    let scores = try FinalScoring(labels, run: run).scores(
      by: { evaluator.score($0).scores }, isStopped: isStopped, progress: progress)
    if let scores { try run.write(scores.lines) }
    return scores
  }
}

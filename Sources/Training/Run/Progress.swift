public import Foundation
import Project
public import Recipes

/// What a run reports while it goes on.
public enum Progress: Equatable, Sendable {
  /// The images are prepared and the first step follows.
  case started(RunSummary)
  /// A step is done.
  case step(StepRecord)
  /// An epoch is done; `isBest` when its validation loss is the lowest so far.
  case epoch(EpochRecord, isBest: Bool)
  /// A pretraining was measured; follows before its epoch.
  case validated(ValidationRecord)
  /// The run waits.
  case paused
  /// The run goes on.
  case resumed
  /// The run is over; always the last report, unless it failed.
  case finished(RunOutcome)
  /// The run broke off, and why. The last good weights are kept; always the last report.
  case failed(TrainingError)
}

/// What a run is going to do.
public struct RunSummary: Equatable, Sendable {
  /// The run's folder.
  public let folder: URL
  /// Its settings.
  public let recipe: Recipe
  /// The images that are trained on.
  public let training: [ImageKey]
  /// The images that are only validated on; none with few labels.
  public let validation: [ImageKey]
  /// Its steps and epochs.
  public let length: RunLength
  /// Steps that were done before, when the run is resumed.
  public let stepsDone: Int
  /// Epochs that were done before, when the run is resumed.
  public let history: [EpochRecord]
}

/// What a run ended with.
public struct RunOutcome: Equatable, Sendable {
  /// Epochs done in all.
  public let epochs: Int
  /// The epoch whose weights are kept, if they are those of the lowest validation loss.
  public let bestEpoch: Int?
  /// Whether it was told to stop before its last epoch.
  public let wasStopped: Bool
  /// The weights that are kept; none when it was stopped before its first step.
  public let weights: URL?
}

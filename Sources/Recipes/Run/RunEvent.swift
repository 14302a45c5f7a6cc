public import Foundation

/// What a run reports while it goes on.
public enum RunEvent: Equatable, Sendable {
  /// The images are prepared and the first step follows.
  case started(RunPlan)
  /// A step is done.
  case step(StepRecord)
  /// A pretraining was measured; follows before its epoch.
  case validated(ValidationRecord)
  /// An epoch is done; `isBest` when its validation loss is the lowest so far.
  case epoch(EpochRecord, isBest: Bool)
  /// A line for the user, such as why no checkpoint can be written.
  case notice(String)
  /// The run waits.
  case paused
  /// The run goes on.
  case resumed
  /// The run is over; the last report of a training, unless it failed.
  case finished(RunOutcome)
  /// A finished run is being cross-validated.
  case checking(CheckProgress)
  /// The cross-validation is over, with what it gave; nil where it was stopped or cannot be. Always its last report.
  case checked(CrossValidation?)
  /// The run broke off; one line saying why. The last good weights are kept; always the last report.
  case failed(String)
}

/// What a run ended with.
public struct RunOutcome: Equatable, Sendable {
  /// Epochs done in all.
  public var epochs: Int
  /// The epoch whose weights are kept, if they are those of the lowest validation loss.
  public var bestEpoch: Int?
  /// Whether it was told to stop before its last epoch.
  public var wasStopped: Bool
  /// The weights that are kept; none when it was stopped before its first step.
  public var weights: URL?
  /// How much of what was learnt these keep, where that was a question.
  public var kept: KeptShare?

  /// Makes an outcome.
  public init(
    epochs: Int, bestEpoch: Int?, wasStopped: Bool, weights: URL?, kept: KeptShare? = nil
  ) {
    (self.epochs, self.bestEpoch) = (epochs, bestEpoch)
    (self.wasStopped, self.weights, self.kept) = (wasStopped, weights, kept)
  }
}

/// When a run that is told to stop does so.
public enum RunStop: Equatable, Sendable {
  /// After the epoch in hand.
  case epoch
  /// Before the next batch.
  case now
}

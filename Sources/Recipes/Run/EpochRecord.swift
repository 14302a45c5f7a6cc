/// The loss of one training step.
public struct StepRecord: Codable, Equatable, Sendable {
  /// Steps since the start of the run, from 1.
  public var step: Int
  /// The epoch that the step belongs to, from 1.
  public var epoch: Int
  /// The batch's loss.
  public var loss: Double

  /// Makes a record.
  public init(step: Int, epoch: Int, loss: Double) {
    (self.step, self.epoch, self.loss) = (step, epoch, loss)
  }
}

/// A line of `history.csv`: one epoch of a run.
public struct EpochRecord: Codable, Equatable, Sendable {
  /// From 1.
  public var epoch: Int
  /// Mean loss over the epoch's training images.
  public var trainLoss: Double
  /// Mean loss over the validation images, if there are any.
  public var validationLoss: Double?
  /// Seconds that the epoch took, validation included.
  public var seconds: Double
  /// Training images a second.
  public var imagesPerSecond: Double

  /// Makes a record.
  public init(
    epoch: Int, trainLoss: Double, validationLoss: Double?, seconds: Double,
    imagesPerSecond: Double
  ) {
    (self.epoch, self.trainLoss, self.validationLoss) = (epoch, trainLoss, validationLoss)
    (self.seconds, self.imagesPerSecond) = (seconds, imagesPerSecond)
  }
}

import Basics

/// A line of `validation.csv`: how the mean of the weights does on images that it has not seen.
public struct ValidationRecord: Codable, Equatable, Sendable {
  /// How it does on one folder of real images.
  public struct SetScore: Codable, Equatable, Sendable {
    /// The folder's name.
    public var name: String
    /// The mean over its images.
    public var iou: Double

    /// Makes a score.
    public init(name: String, iou: Double) {
      (self.name, self.iou) = (name, iou)
    }
  }

  /// Steps done.
  public var step: Int
  /// Images seen.
  public var images: Int
  /// The learning rate of the last step.
  public var learningRate: Double
  /// Mean loss over the training images since the validation before.
  public var trainLoss: Double
  /// Mean loss over the simulated validation images.
  public var simulatedLoss: Double
  /// Mean IoU over the simulated validation images.
  public var simulatedIoU: Double
  /// Mean IoU over each folder of real images.
  public var real: [SetScore]

  /// Makes a record.
  public init(
    step: Int, images: Int, learningRate: Double, trainLoss: Double, simulatedLoss: Double,
    simulatedIoU: Double, real: [SetScore]
  ) {
    (self.step, self.images, self.learningRate) = (step, images, learningRate)
    (self.trainLoss, self.simulatedLoss) = (trainLoss, simulatedLoss)
    (self.simulatedIoU, self.real) = (simulatedIoU, real)
  }

  /// The IoU on simulated and on real images, in a line.
  public var scores: String {
    func fixed(_ value: Double) -> String { NumberText.decimal(value, digits: 4) }
    return "simulated IoU \(fixed(simulatedIoU))"
      + real.map { "  \($0.name) \(fixed($0.iou))" }.joined()
  }
}

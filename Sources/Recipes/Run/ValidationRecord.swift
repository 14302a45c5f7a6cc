import Basics

/// A line of `validation.csv`: how the mean of the weights does on images that it has not seen.
public struct ValidationRecord: Codable, Equatable, Sendable {
  /// How it does on one folder of real images.
  public struct SetScore: Codable, Equatable, Sendable {
    /// The folder's name.
    public var name: String
    /// The mean over its images.
    public var iou: Double
    /// The mean over its images of the average precision of cells at IoU 0.5; nil where they are not told apart, and in
    /// runs of before.
    public var averagePrecision: Double?

    /// Makes a score.
    public init(name: String, iou: Double, averagePrecision: Double? = nil) {
      (self.name, self.iou, self.averagePrecision) = (name, iou, averagePrecision)
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
  /// Mean average precision of cells at IoU 0.5 over the simulated validation images; nil where the network does not
  /// tell cells apart, and in runs of before.
  public var simulatedAveragePrecision: Double?
  /// Mean IoU over each folder of real images.
  public var real: [SetScore]

  /// Makes a record.
  public init(
    step: Int, images: Int, learningRate: Double, trainLoss: Double, simulatedLoss: Double,
    simulatedIoU: Double, simulatedAveragePrecision: Double? = nil, real: [SetScore]
  ) {
    (self.step, self.images, self.learningRate) = (step, images, learningRate)
    (self.trainLoss, self.simulatedLoss) = (trainLoss, simulatedLoss)
    (self.simulatedIoU, self.simulatedAveragePrecision) = (simulatedIoU, simulatedAveragePrecision)
    self.real = real
  }

  /// The IoU on simulated and on real images, in a line, with the average precision of cells where it is known.
  public var scores: String {
    func text(_ iou: Double, _ averagePrecision: Double?) -> String {
      ([(" ", iou)] + (averagePrecision.map { [(" AP50 ", $0)] } ?? []))
        .map { $0 + NumberText.decimal($1, digits: 4) }.joined()
    }
    return "simulated IoU" + text(simulatedIoU, simulatedAveragePrecision)
      + real.map { "  \($0.name)" + text($0.iou, $0.averagePrecision) }.joined()
  }
}

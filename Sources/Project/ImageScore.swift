import Files
public import Recipes

/// A line of `scores.csv`: how a run's network does on one labelled image.
public struct ImageScore: Equatable, Sendable {
  /// The image.
  public var image: ImageKey
  /// Whether the run trained on it.
  public var trainedOn: Bool
  /// Intersection over union, 0...1.
  public var iou: Double
  /// Dice coefficient, 0...1.
  public var dice: Double
  /// True among predicted cell pixels, 0...1.
  public var precision: Double
  /// Found among true cell pixels, 0...1.
  public var recall: Double
  /// IoU of the bands along the boundaries, 0...1, where it was measured.
  public var boundaryIoU: Double?
  /// Hausdorff distance of the boundaries in pixels, where it was measured.
  public var hausdorff: Double?
  /// The same at the 95th percentile.
  public var hausdorff95: Double?

  /// Makes a line.
  public init(
    image: ImageKey, trainedOn: Bool, iou: Double, dice: Double, precision: Double, recall: Double,
    boundaryIoU: Double? = nil, hausdorff: Double? = nil, hausdorff95: Double? = nil
  ) {
    self.image = image
    self.trainedOn = trainedOn
    self.iou = iou
    self.dice = dice
    self.precision = precision
    self.recall = recall
    self.boundaryIoU = boundaryIoU
    self.hausdorff = hausdorff
    self.hausdorff95 = hausdorff95
  }

  /// The table; what was not measured is left blank.
  static func csv(_ scores: [ImageScore]) -> String {
    CSV.line([
      "image", "trained_on", "iou", "dice", "precision", "recall", "boundary_iou", "hausdorff",
      "hausdorff95",
    ])
      + scores.map { score in
        let numbers: [Double?] = [
          score.iou, score.dice, score.precision, score.recall, score.boundaryIoU, score.hausdorff,
          score.hausdorff95,
        ]
        return CSV.line(
          [score.image.text, score.trainedOn ? "yes" : "no"]
            + numbers.map { $0.map { "\($0)" } ?? "" })
      }.joined()
  }
}

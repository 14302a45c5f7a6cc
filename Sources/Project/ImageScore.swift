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

  /// Makes a line.
  public init(
    image: ImageKey, trainedOn: Bool, iou: Double, dice: Double, precision: Double, recall: Double
  ) {
    self.image = image
    self.trainedOn = trainedOn
    self.iou = iou
    self.dice = dice
    self.precision = precision
    self.recall = recall
  }

  /// The table.
  static func csv(_ scores: [ImageScore]) -> String {
    CSV.line(["image", "trained_on", "iou", "dice", "precision", "recall"])
      + scores.map {
        CSV.line([
          $0.image.text, $0.trainedOn ? "yes" : "no", "\($0.iou)", "\($0.dice)", "\($0.precision)",
          "\($0.recall)",
        ])
      }.joined()
  }
}

/// How well a predicted mask agrees with the truth, each 0...1 but for distances.
///
/// Both masks empty: all four are 1 and distances 0; one empty: all four are 0 and distances the diagonal.
public struct Scores: Equatable, Sendable, Codable {
  /// Pixels in both over pixels in either.
  public let iou: Double
  /// Twice the pixels in both over the sum of areas.
  public let dice: Double
  /// Part of the prediction that is true.
  public let precision: Double
  /// Part of the truth that was found.
  public let recall: Double
  /// Hausdorff distance of the boundaries in pixels, where it was asked for.
  public let hausdorff: Double?
  /// The same at the 95th percentile.
  public let hausdorff95: Double?

  /// Compares two masks; distances cost two distance transforms.
  ///
  /// - Precondition: both have the same size.
  public init(prediction: Mask, truth: Mask, withDistances: Bool = false) {
    precondition(
      prediction.width == truth.width && prediction.height == truth.height,
      "\(prediction.width)x\(prediction.height) against \(truth.width)x\(truth.height)")
    var common = 0
    for index in prediction.pixels.indices {
      common += Int(prediction.pixels[index] & truth.pixels[index])
    }
    let (predicted, actual) = (prediction.area, truth.area)
    let whenUndefined: Double = predicted == 0 && actual == 0 ? 1 : 0
    func ratio(_ part: Int, _ whole: Int) -> Double {
      whole == 0 ? whenUndefined : Double(part) / Double(whole)
    }
    iou = ratio(common, predicted + actual - common)
    dice = ratio(2 * common, predicted + actual)
    precision = ratio(common, predicted)
    recall = ratio(common, actual)
    let distances = withDistances ? Hausdorff(prediction, truth) : nil
    hausdorff = distances?.distance
    hausdorff95 = distances?.distance95
  }

  /// Makes scores from numbers, such as the means over a set of images.
  public init(
    iou: Double, dice: Double, precision: Double, recall: Double, hausdorff: Double? = nil,
    hausdorff95: Double? = nil
  ) {
    self.iou = iou
    self.dice = dice
    self.precision = precision
    self.recall = recall
    self.hausdorff = hausdorff
    self.hausdorff95 = hausdorff95
  }

  /// The mean over images; nil for none, distances only where every image has them.
  public static func mean(_ scores: [Scores]) -> Scores? {
    guard !scores.isEmpty else { return nil }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    func meanOfAll(_ values: [Double?]) -> Double? {
      let known = values.compactMap { $0 }
      return known.count == values.count ? mean(known) : nil
    }
    return Scores(
      iou: mean(scores.map(\.iou)), dice: mean(scores.map(\.dice)),
      precision: mean(scores.map(\.precision)), recall: mean(scores.map(\.recall)),
      hausdorff: meanOfAll(scores.map(\.hausdorff)),
      hausdorff95: meanOfAll(scores.map(\.hausdorff95)))
  }
}

/// How well a predicted mask agrees with the truth, each 0...1 but for distances.
///
/// Both masks empty: all shares are 1 and distances 0; one empty: all shares are 0 and distances the diagonal.
public struct Scores: Equatable, Sendable {
  /// Pixels in both over pixels in either.
  public let iou: Double
  /// Twice the pixels in both over the sum of areas.
  public let dice: Double
  /// Part of the prediction that is true.
  public let precision: Double
  /// Part of the truth that was found.
  public let recall: Double
  /// IoU of the bands along the boundaries, see `BoundaryIoU`, where it was asked for.
  public let boundaryIoU: Double?
  /// Hausdorff distance of the boundaries in pixels, where it was asked for.
  public let hausdorff: Double?
  /// The same at the 95th percentile.
  public let hausdorff95: Double?
  /// Whether just one of the masks was empty, so that the distances are the diagonal.
  public let isOneEmpty: Bool

  /// Compares two masks; their boundaries cost two distance transforms.
  ///
  /// - Precondition: both have the same size.
  public init(prediction: Mask, truth: Mask, withBoundaries: Bool = false) {
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
    boundaryIoU = withBoundaries ? BoundaryIoU.score(prediction, truth) : nil
    let distances = withBoundaries ? Hausdorff(prediction, truth) : nil
    hausdorff = distances?.distance
    hausdorff95 = distances?.distance95
    isOneEmpty = (predicted == 0) != (actual == 0)
  }

  /// Makes scores from numbers.
  public init(
    iou: Double, dice: Double, precision: Double, recall: Double, boundaryIoU: Double? = nil,
    hausdorff: Double? = nil, hausdorff95: Double? = nil
  ) {
    self.iou = iou
    self.dice = dice
    self.precision = precision
    self.recall = recall
    self.boundaryIoU = boundaryIoU
    self.hausdorff = hausdorff
    self.hausdorff95 = hausdorff95
    isOneEmpty = false
  }

  /// The mean over images; nil for none, boundaries only where every image has them.
  public static func mean(_ scores: [Scores]) -> Scores? {
    summary(of: scores, at: 1) { $0.reduce(0, +) / Double($0.count) }
  }

  /// The standard deviation over images as a sample's (divided by one less than their number); nil for
  /// fewer than two.
  public static func standardDeviation(_ scores: [Scores]) -> Scores? {
    summary(of: scores, at: 2) { values in
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (squares / Double(values.count - 1)).squareRoot()
    }
  }

  /// One number a score, of at least so many images.
  private static func summary(
    of scores: [Scores], at least: Int, by reduce: ([Double]) -> Double
  ) -> Scores? {
    guard scores.count >= least else { return nil }
    func ofAll(_ values: [Double?]) -> Double? {
      let known = values.compactMap { $0 }
      return known.count == values.count ? reduce(known) : nil
    }
    return Scores(
      iou: reduce(scores.map(\.iou)), dice: reduce(scores.map(\.dice)),
      precision: reduce(scores.map(\.precision)), recall: reduce(scores.map(\.recall)),
      boundaryIoU: ofAll(scores.map(\.boundaryIoU)),
      hausdorff: ofAll(scores.map(\.hausdorff)), hausdorff95: ofAll(scores.map(\.hausdorff95)))
  }
}

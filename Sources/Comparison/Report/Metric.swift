public import Project

/// What a comparison measures on each test image.
public enum Metric: String, CaseIterable, Sendable {
  /// Intersection over union.
  case iou
  /// Dice coefficient.
  case dice
  /// True among predicted cell pixels.
  case precision
  /// Found among true cell pixels.
  case recall
  /// Hausdorff distance of the boundaries.
  case hausdorff = "hd"
  /// The same at the 95th percentile.
  case hausdorff95 = "hd95"
  /// IoU of the bands along the boundaries.
  case boundaryIoU = "boundary_iou"

  /// What a table calls it.
  public var title: String {
    switch self {
    case .iou: "IoU"
    case .dice: "Dice"
    case .precision: "Precision"
    case .recall: "Recall"
    case .hausdorff: "HD"
    case .hausdorff95: "HD95"
    case .boundaryIoU: "Boundary IoU"
    }
  }

  /// Whether it is a distance in pixels, of which less is better, and not a share of 0...1.
  public var isDistance: Bool { self == .hausdorff || self == .hausdorff95 }

  /// Its value for an image, if it was measured and is a number.
  public func value(of score: ImageScore) -> Double? {
    let value: Double? =
      switch self {
      case .iou: score.iou
      case .dice: score.dice
      case .precision: score.precision
      case .recall: score.recall
      case .hausdorff: score.hausdorff
      case .hausdorff95: score.hausdorff95
      case .boundaryIoU: score.boundaryIoU
      }
    return value.flatMap { $0.isFinite ? $0 : nil }
  }

  /// Whether one value is better than another.
  public func isBetter(_ a: Double, than b: Double) -> Bool { isDistance ? a < b : a > b }

  /// A value as tables show it: shares in percent, distances in pixels, a digit behind the point.
  public func text(_ value: Double) -> String {
    FixedPoint.text(isDistance ? value : 100 * value, digits: 1)
  }
}

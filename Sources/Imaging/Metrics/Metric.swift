import Basics

/// What a predicted mask is measured by against the truth: the one list of such measures.
///
/// Tables, files, screens and reports show all of them in this order, so that a new one is a case and a
/// line of `facts` here.
public enum Metric: String, CaseIterable, Sendable {
  /// Intersection over union: pixels in both masks over pixels in either.
  case iou
  /// Dice coefficient: twice the pixels in both over the sum of areas.
  case dice
  /// Part of the prediction that is true.
  case precision
  /// Part of the truth that was found.
  case recall
  /// Hausdorff distance of the boundaries.
  case hausdorff
  /// The same at the 95th percentile.
  case hausdorff95
  /// IoU of the bands along the boundaries, see `BoundaryIoU`.
  case boundaryIoU

  /// What a metric is counted in, and with it which way is better.
  public enum Unit: Sendable {
    /// A share of 0...1, of which more is better.
    case share
    /// A distance in pixels, of which less is better.
    case pixels
  }

  /// All that is to be known of a metric.
  private struct Facts {
    /// What it is called.
    let title: String
    /// What a narrow table calls it.
    let short: String
    /// What a file's column of it is called.
    let heading: String
    let unit: Unit
    /// Its value for two masks; nil where it was not asked for.
    let value: (MaskOverlap) -> Double?

    init(
      _ title: String, short: String? = nil, heading: String, _ unit: Unit,
      value: @escaping (MaskOverlap) -> Double?
    ) {
      self.title = title
      self.short = short ?? title
      self.heading = heading
      self.unit = unit
      self.value = value
    }
  }

  private var facts: Facts {
    switch self {
    case .iou:
      Facts("IoU", heading: "iou", .share) { $0.share($0.common, of: $0.either) }
    case .dice:
      Facts("Dice", heading: "dice", .share) {
        $0.share(2 * $0.common, of: $0.predicted + $0.actual)
      }
    case .precision:
      Facts("Precision", short: "prec.", heading: "precision", .share) {
        $0.share($0.common, of: $0.predicted)
      }
    case .recall:
      Facts("Recall", heading: "recall", .share) { $0.share($0.common, of: $0.actual) }
    case .hausdorff:
      Facts("HD", heading: "hausdorff", .pixels) { $0.hausdorff?.distance }
    case .hausdorff95:
      Facts("HD95", heading: "hausdorff95", .pixels) { $0.hausdorff?.distance95 }
    case .boundaryIoU:
      Facts("Boundary IoU", short: "bIoU", heading: "boundary_iou", .share) { $0.boundaryIoU }
    }
  }

  /// What it is called.
  public var title: String { facts.title }

  /// What a narrow table calls it.
  public var shortTitle: String { facts.short }

  /// What a file's column of it is called.
  public var heading: String { facts.heading }

  /// What it is counted in.
  public var unit: Unit { facts.unit }

  /// The values that it can have.
  public var range: ClosedRange<Double> {
    unit == .share ? 0...1 : 0...Double.greatestFiniteMagnitude
  }

  /// Whether one value is better than another.
  public func isBetter(_ a: Double, than b: Double) -> Bool { unit == .share ? a > b : a < b }

  /// A value as reports show it: shares in percent, distances in pixels, a digit behind the point.
  public func text(_ value: Double) -> String {
    NumberText.decimal(scale * value, digits: 1)
  }

  /// A difference as reports show it, with its sign: percentage points, or pixels.
  public func signedText(_ difference: Double) -> String {
    NumberText.signed(scale * difference, digits: 1)
  }

  private var scale: Double { unit == .share ? 100 : 1 }

  /// Its value for two masks; nil where it was not asked for.
  func value(of overlap: MaskOverlap) -> Double? { facts.value(overlap) }
}

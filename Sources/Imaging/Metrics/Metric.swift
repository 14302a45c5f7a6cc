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
  struct Facts {
    let title: String
    /// Without it a narrow table says the title.
    var short: String?
    let heading: String
    let unit: Unit
    /// Its value for two masks; nil where it was not asked for.
    let value: (MaskOverlap) -> Double?
  }

  /// What is known of it.
  var facts: Facts {
    switch self {
    case .iou:
      Facts(title: "IoU", heading: "iou", unit: .share) { $0.share($0.common, of: $0.either) }
    case .dice:
      Facts(title: "Dice", heading: "dice", unit: .share) {
        $0.share(2 * $0.common, of: $0.predicted + $0.actual)
      }
    case .precision:
      Facts(title: "Precision", short: "prec.", heading: "precision", unit: .share) {
        $0.share($0.common, of: $0.predicted)
      }
    case .recall:
      Facts(title: "Recall", heading: "recall", unit: .share) { $0.share($0.common, of: $0.actual) }
    case .hausdorff:
      Facts(title: "HD", heading: "hausdorff", unit: .pixels) { $0.hausdorff?.distance }
    case .hausdorff95:
      Facts(title: "HD95", heading: "hausdorff95", unit: .pixels) { $0.hausdorff?.distance95 }
    case .boundaryIoU:
      Facts(title: "Boundary IoU", short: "bIoU", heading: "boundary_iou", unit: .share) {
        $0.boundaryIoU
      }
    }
  }

  /// What it is called.
  public var title: String { facts.title }

  /// What a narrow table calls it.
  public var shortTitle: String { facts.short ?? facts.title }

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
}

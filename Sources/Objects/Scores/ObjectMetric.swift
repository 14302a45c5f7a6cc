import Basics

/// What predicted cells are measured by against the true ones: the one list of such measures.
///
/// Tables, files, screens and reports show them in this order.
public enum ObjectMetric: String, CaseIterable, Sendable {
  /// The harmonic mean of precision and recall at IoU 0.5.
  case f1
  /// The part of the predicted cells that are true, at IoU 0.5.
  case precision
  /// The part of the true cells that were found, at IoU 0.5.
  case recall
  /// Average precision at IoU 0.5.
  case averagePrecision50
  /// The mean of the average precision at IoU 0.5 to 0.95.
  case averagePrecision
  /// The mean IoU of the cells that were found, at IoU 0.5: segmentation quality.
  case matchedIoU
  /// Panoptic quality at IoU 0.5: segmentation quality times F1.
  case panopticQuality
  /// Aggregated Jaccard index.
  case aggregatedJaccard
  /// How far the number of cells is off, as a part of it.
  case countError
  /// True cells that were predicted in pieces.
  case splits
  /// Predicted cells that are several true ones in one.
  case merges

  /// What a metric is counted in.
  public enum Unit: Sendable {
    /// A share of 0...1.
    case share
    /// A part of what there is, 0 or more.
    case error
    /// Cells.
    case cells
  }

  /// All that is to be known of a metric.
  private struct Facts {
    let title: String
    let heading: String
    var unit = Unit.share
    let value: (ObjectScores) -> Double
  }

  private var facts: Facts {
    switch self {
    case .f1: Facts(title: "F1", heading: "cell_f1") { $0.counts.f1 }
    case .precision: Facts(title: "Prec.", heading: "cell_precision") { $0.counts.precision }
    case .recall: Facts(title: "Recall", heading: "cell_recall") { $0.counts.recall }
    case .averagePrecision50: Facts(title: "AP50", heading: "ap50") { $0.counts.averagePrecision }
    case .averagePrecision: Facts(title: "AP", heading: "ap50_95") { $0.meanAveragePrecision }
    case .matchedIoU: Facts(title: "SQ", heading: "matched_iou") { $0.counts.matchedIoU }
    case .panopticQuality: Facts(title: "PQ", heading: "pq") { $0.counts.panopticQuality }
    case .aggregatedJaccard: Facts(title: "AJI", heading: "aji") { $0.aggregatedJaccard }
    case .countError:
      Facts(title: "Count", heading: "count_error", unit: .error) { $0.countError }
    case .splits: Facts(title: "Splits", heading: "splits", unit: .cells) { Double($0.splits) }
    case .merges: Facts(title: "Merges", heading: "merges", unit: .cells) { Double($0.merges) }
    }
  }

  /// What it is called, in at most six characters.
  public var title: String { facts.title }

  /// What a file's column of it is called; none is called as one of pixels.
  public var heading: String { facts.heading }

  /// What it is counted in.
  public var unit: Unit { facts.unit }

  /// Whether one value is better than another.
  public func isBetter(_ a: Double, than b: Double) -> Bool { unit == .share ? a > b : a < b }

  /// A value as reports show it: shares and errors in percent, a digit behind the point.
  public func text(_ value: Double) -> String {
    NumberText.decimal(unit == .cells ? value : 100 * value, digits: 1)
  }

  fileprivate func value(of scores: ObjectScores) -> Double { facts.value(scores) }
}

extension ObjectScores {
  /// The value of a metric.
  public subscript(metric: ObjectMetric) -> Double { metric.value(of: self) }
}

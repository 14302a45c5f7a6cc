import Basics

/// What a predicted mask, and the cells in it, are measured by against the truth: the one list of such measures.
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
  /// Average precision of cells at IoU 0.5.
  case averagePrecision50
  /// The mean of the average precision of cells at IoU 0.5 to 0.95.
  case averagePrecision
  /// The harmonic mean of the two after it.
  case cellF1
  /// The part of the predicted cells that are true, at IoU 0.5.
  case cellPrecision
  /// The part of the true cells that were found, at IoU 0.5.
  case cellRecall
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

  /// What a metric is counted in, and with it which way is better.
  public enum Unit: Sendable {
    /// A share of 0...1, of which more is better.
    case share
    /// A distance in pixels, of which less is better.
    case pixels
    /// A part of what there is, 0 or more, of which less is better.
    case error
    /// Cells, of which less is better.
    case cells
  }

  /// All that is to be known of a metric.
  struct Facts {
    let title: String
    /// Without it a narrow table says the title.
    var short: String?
    let heading: String
    let unit: Unit
    /// Its value for two masks; nil where it was not asked for.
    var value: (MaskOverlap) -> Double? = { _ in nil }
    /// Its value for the cells in them, if it is one of cells.
    var ofCells: ((ObjectScores) -> Double)?
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
    default: cellFacts
    }
  }

  private var cellFacts: Facts {
    func facts(
      _ title: String, _ heading: String, _ unit: Unit = .share,
      _ value: @escaping (ObjectScores) -> Double
    ) -> Facts {
      Facts(title: title, heading: heading, unit: unit, ofCells: value)
    }
    return switch self {
    case .averagePrecision50: facts("AP50", "ap50") { $0.counts.averagePrecision }
    case .averagePrecision: facts("AP", "ap50_95") { $0.meanAveragePrecision }
    case .cellF1: facts("F1", "cell_f1") { $0.counts.f1 }
    case .cellPrecision: facts("cPrec", "cell_precision") { $0.counts.precision }
    case .cellRecall: facts("cRec", "cell_recall") { $0.counts.recall }
    case .matchedIoU: facts("SQ", "matched_iou") { $0.counts.matchedIoU }
    case .panopticQuality: facts("PQ", "pq") { $0.counts.panopticQuality }
    case .aggregatedJaccard: facts("AJI", "aji") { $0.aggregatedJaccard }
    case .countError: facts("Count", "count_error", .error) { $0.countError }
    case .splits: facts("Splits", "splits", .cells) { Double($0.splits) }
    case .merges: facts("Merges", "merges", .cells) { Double($0.merges) }
    default: preconditionFailure("\(rawValue) is measured on pixels")
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

  /// Whether cells are compared, which must be told apart, and not pixels.
  public var isOfCells: Bool { facts.ofCells != nil }

  /// Those that some scores have; of the ones of pixels all.
  public static func measured(in scores: some Sequence<Scores>) -> [Metric] {
    let isOfCells = scores.contains { $0.hasCells }
    return allCases.filter { isOfCells || !$0.isOfCells }
  }

  /// The values that it can have.
  public var range: ClosedRange<Double> {
    unit == .share ? 0...1 : 0...Double.greatestFiniteMagnitude
  }

  /// Whether one value is better than another.
  public func isBetter(_ a: Double, than b: Double) -> Bool { unit == .share ? a > b : a < b }

  /// A value as reports show it: shares in percent, distances in pixels, cells counted, a digit behind the point.
  public func text(_ value: Double) -> String {
    NumberText.decimal(scale * value, digits: 1)
  }

  /// A difference as reports show it, with its sign: percentage points, or pixels.
  public func signedText(_ difference: Double) -> String {
    NumberText.signed(scale * difference, digits: 1)
  }

  private var scale: Double { unit == .share || unit == .error ? 100 : 1 }
}

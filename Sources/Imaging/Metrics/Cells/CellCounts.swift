/// How many cells were found at an IoU threshold, of one image or of several together.
///
/// As StarDist and Cellpose count: of one-to-one pairs those that reach the threshold are true positives, all other
/// predicted cells are false positives and all other true cells false negatives.
public struct CellCounts: Equatable, Sendable {
  /// Pairs of a predicted and a true cell.
  private(set) var truePositives: Int
  /// Predicted cells without a partner.
  private(set) var falsePositives: Int
  /// True cells without a partner.
  private(set) var falseNegatives: Int
  /// The sum of the pairs' IoU.
  private(set) var iouSum: Double

  /// Counts the cells of a comparison.
  init(_ overlap: CellOverlap, threshold: Double) {
    let matches = overlap.matches(at: threshold)
    truePositives = matches.count
    falsePositives = overlap.prediction.count - matches.count
    falseNegatives = overlap.truth.count - matches.count
    iouSum = matches.reduce(0) { $0 + overlap.iou(of: $1) }
  }

  /// How many cells were predicted.
  public var predicted: Int { truePositives + falsePositives }
  /// How many cells there are.
  public var actual: Int { truePositives + falseNegatives }
  /// Whether there was no cell and none was predicted: every share is 1.
  public var isEmpty: Bool { predicted == 0 && actual == 0 }

  /// The part of the predicted cells that are true; 0 where there are none.
  public var precision: Double { share(truePositives, of: predicted) }
  /// The part of the true cells that were found; 0 where there are none.
  public var recall: Double { share(truePositives, of: actual) }
  /// The harmonic mean of precision and recall, `2 TP / (2 TP + FP + FN)`.
  var f1: Double { share(2 * truePositives, of: predicted + actual) }
  /// `TP / (TP + FP + FN)`: what Cellpose calls average precision and StarDist accuracy.
  public var averagePrecision: Double {
    share(truePositives, of: truePositives + falsePositives + falseNegatives)
  }

  /// The mean IoU of the pairs, StarDist's `mean_matched_score`; 0 where there are none.
  var matchedIoU: Double { share(iouSum, of: Double(truePositives)) }

  /// The sum of IoU over `TP + FP / 2 + FN / 2`, which is the mean IoU of the pairs times F1.
  ///
  /// Panoptic quality, Kirillov et al. 2019, eq. 1.
  var panopticQuality: Double { share(2 * iouSum, of: Double(predicted + actual)) }

  /// The counts of several images together.
  static func + (a: CellCounts, b: CellCounts) -> CellCounts {
    var sum = a
    sum.truePositives += b.truePositives
    sum.falsePositives += b.falsePositives
    sum.falseNegatives += b.falseNegatives
    sum.iouSum += b.iouSum
    return sum
  }

  private func share(_ part: Int, of whole: Int) -> Double {
    share(Double(part), of: Double(whole))
  }

  private func share(_ part: Double, of whole: Double) -> Double {
    isEmpty ? 1 : whole == 0 ? 0 : part / whole
  }
}

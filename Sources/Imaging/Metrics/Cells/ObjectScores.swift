/// How well predicted cells agree with the true ones, cell by cell.
///
/// Where there is no cell and none is predicted all shares are 1 and all counts 0, as those of ``Scores``; StarDist
/// says 0 there and Cellpose nothing at all, and no mean has it as its part, see ``isEmpty``. Where only one
/// picture has cells all shares are 0, as theirs.
public struct ObjectScores: Equatable, Sendable {
  /// The IoU thresholds over which the average precision is averaged: 0.5, 0.55 and so on to 0.95.
  static let thresholds = (10..<20).map { Double($0) / 20 }

  /// How many cells were found at each of ``thresholds``.
  private(set) var countsByThreshold: [CellCounts]
  /// True cells that were predicted in pieces, see ``CellOutcomes``.
  public private(set) var splits: Int
  /// Predicted cells that are several true ones in one, see ``CellOutcomes``.
  private(set) var merges: Int
  /// Pixels that partners share.
  private var common: Int
  /// Pixels of any cell of either picture.
  private var either: Int

  /// Compares cells; pixels that nobody annotated, `unknown`, count nowhere, see ``CellOverlap``.
  ///
  /// - Precondition: all have the same size.
  public init(prediction: LabelImage, truth: LabelImage, unknown: Mask? = nil) {
    self.init(CellOverlap(prediction: prediction, truth: truth, unknown: unknown))
  }

  /// Compares cells whose common pixels are counted.
  init(_ overlap: CellOverlap) {
    countsByThreshold = Self.thresholds.map { CellCounts(overlap, threshold: $0) }
    let divisions = CellDivisions(overlap)
    splits = divisions.pieces.count
    merges = divisions.merged.count
    common = overlap.partners().reduce(0) { $0 + $1.common }
    either = overlap.either
  }

  /// How many cells were found at IoU 0.5.
  public var counts: CellCounts { countsByThreshold[0] }

  /// Whether there was no cell and none was predicted.
  public var isEmpty: Bool { counts.isEmpty }

  /// The mean of the average precision over ``thresholds``.
  var meanAveragePrecision: Double {
    countsByThreshold.reduce(0) { $0 + $1.averagePrecision } / Double(countsByThreshold.count)
  }

  /// Aggregated Jaccard index: the pixels that partners share over the pixels of any cell of either picture.
  ///
  /// As Cellpose's `aggregated_jaccard_index` has it, with partners one to one: the matches at 0.5, and of the
  /// rest the pairs with the largest sum of IoU. Kumar et al. 2017 give each true cell in turn the predicted one of
  /// the largest IoU, which may so have several, and count unions of pairs.
  var aggregatedJaccard: Double {
    isEmpty ? 1 : Double(common) / Double(either)
  }

  /// How far the number of predicted cells is from that of the true ones, as a part of these.
  ///
  /// Where there are none it is the number of predicted ones, as if there were one.
  var countError: Double {
    Double(abs(counts.predicted - counts.actual)) / Double(max(counts.actual, 1))
  }

  /// The scores of all cells of several images, as if they were one image; nil for none.
  public static func pooled(_ scores: [ObjectScores]) -> ObjectScores? {
    guard var pooled = scores.first else { return nil }
    for other in scores.dropFirst() {
      pooled.countsByThreshold = zip(pooled.countsByThreshold, other.countsByThreshold).map(+)
      pooled.splits += other.splits
      pooled.merges += other.merges
      pooled.common += other.common
      pooled.either += other.either
    }
    return pooled
  }
}

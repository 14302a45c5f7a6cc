/// How well a predicted mask agrees with the truth: a value of each metric that was measured.
///
/// Both masks empty: all shares are 1 and distances 0, which says little and is no mean's part, see `isEmpty`;
/// one empty: all shares are 0 and distances the diagonal.
public struct Scores: Equatable, Sendable {
  private var values: [Metric: Double]
  /// Whether just one of the masks was empty, so that the distances are the diagonal.
  public private(set) var isOneEmpty = false
  /// Whether both masks were empty: nothing was there to be found, and nothing was.
  public private(set) var isEmpty = false

  /// Compares two masks; their boundaries cost two distance transforms.
  ///
  /// Pixels that nobody annotated, `unknown`, count nowhere.
  ///
  /// - Precondition: all have the same size.
  public init(prediction: Mask, truth: Mask, unknown: Mask? = nil, withBoundaries: Bool = false) {
    let overlap = MaskOverlap(
      prediction: prediction, truth: truth, unknown: unknown, withBoundaries: withBoundaries)
    isEmpty = overlap.isEmpty
    values = [:]
    for metric in Metric.allCases { values[metric] = metric.facts.value(overlap) }
    isOneEmpty = overlap.isOneEmpty
  }

  /// Adds how well predicted cells agree with the true ones.
  public mutating func add(_ cells: ObjectScores) {
    for metric in Metric.allCases {
      values[metric] = metric.facts.ofCells?(cells) ?? values[metric]
    }
  }

  /// Whether cells were compared, too.
  var hasCells: Bool { values[.averagePrecision50] != nil }

  /// Takes values that were measured elsewhere.
  public init(_ values: [Metric: Double] = [:]) { self.values = values }

  /// The value of a metric, if it was measured.
  public subscript(metric: Metric) -> Double? {
    get { values[metric] }
    set { values[metric] = newValue }
  }

  /// Intersection over union, which is always measured.
  public var iou: Double { values[.iou] ?? 0 }

  /// The mean over images; nil for none, a metric only where every image has it.
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

  /// One number a metric, of at least so many images.
  private static func summary(
    of scores: [Scores], at least: Int, by reduce: ([Double]) -> Double
  ) -> Scores? {
    guard scores.count >= least else { return nil }
    var summary = Scores()
    for metric in Metric.allCases {
      let known = scores.compactMap { $0[metric] }
      if known.count == scores.count { summary[metric] = reduce(known) }
    }
    return summary
  }
}

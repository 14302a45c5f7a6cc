public import Basics

/// What a run's network finds in labels that it has not learnt from: a run's `crossvalidation.json`.
///
/// The run is trained again and again, each time without some of the labels, and what it finds in these is scored as
/// people see it. The figures are of those trainings, not of the run's own weights, which have learnt from a few
/// labels more.
public struct CrossValidation: Codable, Equatable, Sendable {
  /// How well the cells of a label were found by a training without it.
  public struct Score: Codable, Equatable, Sendable {
    /// The image.
    public var image: ImageKey
    /// The training, from 1.
    public var fold: Int
    /// Intersection over union, 0...1; nil where there was nothing to be found, and nothing was.
    public var iou: Double?
    /// The harmonic mean of precision and recall of cells at IoU 0.5; nil where cells are not told apart, or there is
    /// none.
    public var cellF1: Double?
    /// How far the number of cells is off, as a part of it; nil likewise.
    public var countError: Double?

    /// Makes a score.
    public init(
      image: ImageKey, fold: Int, iou: Double?, cellF1: Double? = nil, countError: Double? = nil
    ) {
      (self.image, self.fold, self.iou) = (image, fold, iou)
      (self.cellF1, self.countError) = (cellF1, countError)
    }
  }

  /// How many trainings there are.
  public var folds: Int
  /// How many of them are done.
  public var foldsDone = 0
  /// Steps of each.
  public var steps: Int
  /// Labels that are scored, fold by fold.
  public var scores: [Score] = []
  /// Labels whose masks came from a network, changed or not, which are not scored: they would flatter it.
  public var fromNetwork: [ImageKey]
  /// What tells whether it is of the same weights and labels.
  public var basis: String

  /// Makes one of which no training is done.
  public init(folds: Int, steps: Int, fromNetwork: [ImageKey] = [], basis: String) {
    (self.folds, self.steps) = (folds, steps)
    (self.fromNetwork, self.basis) = (fromNetwork, basis)
  }

  /// Whether all trainings are done.
  public var isComplete: Bool { foldsDone >= folds }

  /// Intersection over union, over the labels with something in them.
  public var iou: MeanInterval? { MeanInterval(scores.compactMap(\.iou)) }
  /// F1 of cells, likewise.
  public var cellF1: MeanInterval? { MeanInterval(scores.compactMap(\.cellF1)) }
  /// How far the number of cells is off, likewise.
  public var countError: MeanInterval? { MeanInterval(scores.compactMap(\.countError)) }
}

extension CrossValidation {
  /// A line for the user.
  public var text: String {
    guard let figures = figures(Self.text) else { return "not cross-validated: \(whyNothing)" }
    let labels = NumberText.count(scores.count, "label")
    let ending = folds == 1 ? "one training" : "\(folds) trainings"
    let interval = iou?.margin == nil ? "" : "95 % intervals, "
    return "cross-validated on \(labels): \(figures); \(interval)\(ending) of \(steps) steps"
      + (fromNetwork.isEmpty ? "" : "; \(leftOut) not counted")
  }

  /// The same where there is less room.
  public var shortText: String {
    guard let figures = figures({ NumberText.hundredths($0.mean) }) else {
      return "not cross-validated: \(whyNothing)"
    }
    return "cross-validated: \(figures), \(NumberText.count(scores.count, "label"))"
  }

  /// The IoU alone, for a column of a table: `.62 (.51 to .73)`; nil without one.
  public var iouText: String? { iou.map(Self.text) }

  /// All figures; `words` says that of cells.
  private func figures(_ words: (MeanInterval) -> String) -> String? {
    guard let iouText else { return nil }
    let cells = cellF1.map { ", F1 \(words($0))" } ?? ""
    let count = countError.map { ", count error \(NumberText.percent(100 * $0.mean))" } ?? ""
    return "IoU \(iouText)\(cells)\(count)"
  }

  private var leftOut: String {
    let masks = NumberText.count(fromNetwork.count, "mask")
    return "\(masks) that came from a network \(fromNetwork.count == 1 ? "is" : "are")"
  }

  private var whyNothing: String {
    guard scores.isEmpty else { return "no label has a cell, and none was found" }
    guard !fromNetwork.isEmpty else { return "no label could be looked at" }
    return "no mask is left to measure by; \(leftOut) not counted"
  }

  private static func text(_ share: MeanInterval) -> String {
    let limits = share.limits(in: 0...1).map {
      " (\(NumberText.hundredths($0.lowerBound)) to \(NumberText.hundredths($0.upperBound)))"
    }
    return NumberText.hundredths(share.mean) + (limits ?? "")
  }
}

extension CrossValidation {
  /// What stands in the file besides, for whoever reads it: it follows from the scores.
  private enum Summary: String, CodingKey { case iou, cellF1, countError }

  /// Writes the scores, and the mean and the margin of each figure.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(folds, forKey: .folds)
    try values.encode(foldsDone, forKey: .foldsDone)
    try values.encode(steps, forKey: .steps)
    try values.encode(scores, forKey: .scores)
    try values.encode(fromNetwork, forKey: .fromNetwork)
    try values.encode(basis, forKey: .basis)
    var summary = encoder.container(keyedBy: Summary.self)
    try summary.encodeIfPresent(iou, forKey: .iou)
    try summary.encodeIfPresent(cellF1, forKey: .cellF1)
    try summary.encodeIfPresent(countError, forKey: .countError)
  }
}

public import Project

extension Recipe {
  /// Changes what a network needs that knows cells already, and is to learn these from few labels.
  ///
  /// Few steps, whose rate falls to nothing; up to 10 labels nothing is held out, since every one is
  /// worth more than a curve. Batch norm keeps the statistics of what was learnt before: those of a few
  /// images forget it. What was tried, and what it gave, is told in the article on simulated weights.
  ///
  /// - Parameter labels: Labelled images.
  public mutating func adapt(toFewLabels labels: Int) {
    steps = min(100 + 10 * max(labels - 10, 0), 600)
    batch = min(4, max(labels, 2))
    if labels <= Self.fewLabels {
      validation = 0
      keep = .last
    }
    fineTuning.warmup = 10
    fineTuning.schedule = .cosine
    fineTuning.batchNorm = .frozen
  }

  /// Up to as many labels are all learnt from.
  static let fewLabels = 10
}

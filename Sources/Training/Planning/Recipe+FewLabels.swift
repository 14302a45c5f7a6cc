import Project
public import Recipes

extension Recipe {
  /// Changes what a network needs that knows cells already, and is to learn these from few labels.
  ///
  /// Few steps, whose rate falls to nothing; from 11 labels on more of them, with strong augmentation.
  /// Up to 40 labels nothing is held out, since every label is worth more than a curve. Up to 10 batch
  /// norm keeps the statistics of what was learnt before: those of a few images forget it. What was
  /// tried, and what it gave, is told in the article on simulated weights.
  ///
  /// - Parameter labels: Labelled images.
  public mutating func adapt(toFewLabels labels: Int) {
    steps = labels <= 10 ? 100 : min(max(400, 10 * labels), 1_000)
    batch = min(4, max(labels, 2))
    learningRate = 1e-3
    if labels > 10 { augmentation = .strong }
    optimisation.batchNorm = labels > 10 ? .train : .frozen
    if labels <= Self.fewLabels {
      validation = 0
      keep = .last
    }
    optimisation.warmup = 10
    optimisation.schedule = .cosine
  }

  /// Up to as many labels are all learnt from.
  static let fewLabels = 40
}

/// The scores of cells over several images: their mean and standard deviation, and those of all cells together.
public struct ObjectScoreSummary: Equatable, Sendable {
  /// Images that were added.
  public private(set) var images = 0
  /// The scores of those with a cell, true or predicted.
  private var scores: [ObjectScores] = []

  /// No image yet.
  public init() {}

  /// Adds an image.
  public mutating func add(_ image: ObjectScores) {
    images += 1
    // Where there is nothing to find, finding nothing is no merit: such images would lift every mean.
    if !image.isEmpty { scores.append(image) }
  }

  /// The mean of a metric over the images with a cell, each counting the same; nil for none.
  public func mean(_ metric: ObjectMetric) -> Double? {
    guard !scores.isEmpty else { return nil }
    return scores.reduce(0) { $0 + $1[metric] } / Double(scores.count)
  }

  /// The standard deviation over the images with a cell as a sample's (divided by one less than their number); nil
  /// for fewer than two.
  public func standardDeviation(_ metric: ObjectMetric) -> Double? {
    guard scores.count > 1, let mean = mean(metric) else { return nil }
    let squares = scores.reduce(0) { $0 + ($1[metric] - mean) * ($1[metric] - mean) }
    return (squares / Double(scores.count - 1)).squareRoot()
  }

  /// The scores of all cells as if the images were one, each cell counting the same; nil for no image with a cell.
  ///
  /// Its count error is that of the sums, where too many in one image make good for too few in another.
  public var pooled: ObjectScores? { ObjectScores.pooled(scores) }
}

/// A metric over test images, or its difference between two recipes.
public struct MetricSummary: Equatable, Sendable {
  /// The mean over the images.
  public let mean: Double
  /// The standard deviation over the images; nil of one.
  public let standardDeviation: Double?
  /// The 95 % interval of the mean, by resampling the images, or whole groups of them; nil of one.
  public let interval: ClosedRange<Double>?
  /// How many images there are.
  public let count: Int

  /// Sums values up, one an image; nil for none.
  ///
  /// - Parameters:
  ///   - values: The values.
  ///   - groups: The group of each image where images belong together; nil where each is drawn on its own.
  public init?(_ values: [Double], groups: [String]? = nil) {
    guard let mean = Statistics.mean(values) else { return nil }
    self.mean = mean
    standardDeviation = Statistics.standardDeviation(values)
    interval =
      groups.map { Statistics.interval(ofMean: values, groups: $0) }
      ?? Statistics.interval(ofMean: values)
    count = values.count
  }

  /// Whether the interval leaves zero out: a difference that more images would hardly turn round.
  var leavesZeroOut: Bool { interval.map { !$0.contains(0) } ?? false }
}

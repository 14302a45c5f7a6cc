/// The values of a measure over the cells of some images: how many, their middle, how they spread.
public struct Distribution: Equatable, Sendable {
  /// What an axis says of them.
  public let title: String
  /// How many cells have a value.
  public let count: Int
  /// Their mean; nil without a value.
  public let mean: Double?
  /// The value with as many below as above; nil without a value.
  public let median: Double?
  /// How many values lie where; nil without a value.
  public let histogram: Histogram?

  /// Looks up a measure, where asked for in micrometres; images whose pixels' size is not known are then left out.
  public init(_ images: [MeasuredImage], _ measure: Measure, inMicrometres: Bool = false) {
    let values = images.flatMap { $0.values(measure, inMicrometres: inMicrometres) }
      .filter(\.isFinite)
    title = measure.axisTitle(inMicrometres: inMicrometres)
    count = values.count
    mean = Average.mean(values)
    median = Average.median(values)
    histogram = Histogram(of: values)
  }
}

extension Measure {
  /// Those of which histograms and scatter plots say something: not numbers, places and angles.
  public static let plotted = all.filter(\.isAveraged)
}

extension Collection<MeasuredImage> {
  /// Whether there are images, and of all of them it is known how long a pixel is in micrometres.
  public var haveMicrometres: Bool {
    !isEmpty && allSatisfy { $0.pixelSize.flatMap(Measure.Unit.length.factor) != nil }
  }
}

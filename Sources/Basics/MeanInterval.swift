/// The mean of some values, and between what the mean of all such values lies, in 95 of 100 cases.
public struct MeanInterval: Codable, Equatable, Sendable {
  /// With fewer values nothing is said of an interval.
  private static let fewest = 3

  /// How many values there are.
  public let count: Int
  /// Their mean.
  public let mean: Double
  /// Half of the 95 % interval of Student's t, around the mean; nil for fewer than three values.
  public let margin: Double?

  /// Takes the mean of values; nil for none.
  public init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    count = values.count
    let mean = values.reduce(0, +) / Double(count)
    self.mean = mean
    guard count >= Self.fewest else {
      margin = nil
      return
    }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(count - 1)).squareRoot()
    margin = Self.quantile(freedom: count - 1) * deviation / Double(count).squareRoot()
  }

  /// The interval, where there is one, of values that lie in a range.
  public func limits(in range: ClosedRange<Double>) -> ClosedRange<Double>? {
    guard let margin else { return nil }
    func within(_ value: Double) -> Double {
      min(max(value, range.lowerBound), range.upperBound)
    }
    return within(mean - margin)...within(mean + margin)
  }

  /// What Student's t is below in 97.5 of 100 cases.
  ///
  /// Of two and three degrees of freedom known; else the normal distribution's with three terms of the Cornish-Fisher
  /// expansion (Abramowitz & Stegun 26.7.5), less than 0.01 too low.
  static func quantile(freedom: Int) -> Double {
    switch freedom {
    case ...1: 12.706
    case 2: 4.303
    case 3: 3.182
    default:
      1.959964 + 2.372272 / Double(freedom) + 2.822527 / Double(freedom * freedom)
        + 2.555852 / Double(freedom * freedom * freedom)
    }
  }
}

import Basics

/// Means of few values, and how far they can be trusted.
///
/// Kept by hand: GSL is under the GPL, and resampling is a few lines.
public enum Statistics {
  /// Resamples behind an interval.
  static let resamples = 10_000
  /// What starts the draws, so that a report made again says the same.
  static let seed: UInt64 = 0x5e1ec7

  /// The mean; nil of none.
  public static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// The standard deviation as a sample's, divided by one less than the count; nil of fewer than two.
  static func standardDeviation(_ values: [Double]) -> Double? {
    guard values.count > 1, let mean = mean(values) else { return nil }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }

  /// The 95 % interval of the mean by the percentile bootstrap (Efron 1979): means of resamples of the
  /// same count, drawn with replacement, from their 2.5 to their 97.5 percentile.
  ///
  /// Of values that come in groups, such as frames of one movie, by the cluster bootstrap (Field and Welsh
  /// 2007), which draws whole groups with replacement, as many as there are, and takes the mean of all
  /// their values; without groups each value is one of its own.
  ///
  /// For paired methods give the differences. With few values it is too narrow, as any bootstrap.
  ///
  /// - Returns: the interval; nil of fewer than two groups, or where a value is no number.
  /// - Precondition: there are as many groups as values.
  static func interval(
    ofMean values: [Double], groups: [String]? = nil, seed: UInt64 = seed
  ) -> ClosedRange<Double>? {
    let drawn = groups.map { members(of: values, groups: $0) } ?? values.map { (sum: $0, count: 1) }
    guard drawn.count > 1, values.allSatisfy(\.isFinite) else { return nil }
    var generator = SeededGenerator(seed: seed)
    var means = (0..<resamples).map { _ in
      var (sum, count) = (0.0, 0)
      for _ in drawn.indices {
        let member = drawn[generator.index(below: drawn.count)]
        sum += member.sum
        count += member.count
      }
      return sum / Double(count)
    }
    means.sort()
    return quantile(0.025, ofSorted: means)...quantile(0.975, ofSorted: means)
  }

  /// The sum and the count of each group's values, in the order in which the groups come.
  private static func members(
    of values: [Double], groups: [String]
  ) -> [(sum: Double, count: Int)] {
    precondition(values.count == groups.count, "\(values.count) values in \(groups.count) groups")
    var places: [String: Int] = [:]
    var members: [(sum: Double, count: Int)] = []
    for (value, group) in zip(values, groups) {
      let place = places[group] ?? members.count
      if place == members.count {
        places[group] = place
        members.append((0, 0))
      }
      members[place].sum += value
      members[place].count += 1
    }
    return members
  }

  /// A quantile between two neighbours by its distance to each, as NumPy's default.
  ///
  /// - Precondition: at least one value, ascending, and a share of 0...1.
  static func quantile(_ share: Double, ofSorted values: [Double]) -> Double {
    precondition(!values.isEmpty && (0...1).contains(share), "\(share) of \(values.count) values")
    let place = share * Double(values.count - 1)
    let below = Int(place)
    let above = min(below + 1, values.count - 1)
    return values[below] + (place - Double(below)) * (values[above] - values[below])
  }
}

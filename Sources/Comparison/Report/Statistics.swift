import Basics
internal import Imaging

/// Means of few values, and how far they can be trusted.
///
/// Kept by hand: GSL is under the GPL, and resampling is a few lines.
public enum Statistics {
  /// Resamples behind an interval.
  public static let resamples = 10_000
  /// What starts the draws, so that a report made again says the same.
  public static let seed: UInt64 = 0x5e1ec7

  /// The mean; nil of none.
  public static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// The standard deviation as a sample's, divided by one less than the count; nil of fewer than two.
  public static func standardDeviation(_ values: [Double]) -> Double? {
    guard values.count > 1, let mean = mean(values) else { return nil }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }

  /// The 95 % interval of the mean by the percentile bootstrap (Efron 1979): means of resamples of the
  /// same count, drawn with replacement, from their 2.5 to their 97.5 percentile.
  ///
  /// For paired methods give the differences. With few values it is too narrow, as any bootstrap.
  ///
  /// - Returns: the interval; nil of fewer than two values, or where one is no number.
  public static func interval(
    ofMean values: [Double], resamples: Int = resamples, seed: UInt64 = seed
  ) -> ClosedRange<Double>? {
    guard values.count > 1, resamples > 0, values.allSatisfy(\.isFinite) else { return nil }
    var generator = SeededGenerator(seed: seed)
    var means = (0..<resamples).map { _ in
      var sum = 0.0
      for _ in values.indices { sum += values[generator.index(below: values.count)] }
      return sum / Double(values.count)
    }
    means.sort()
    return quantile(0.025, ofSorted: means)...quantile(0.975, ofSorted: means)
  }

  /// The 95 % interval of the mean of values that come in groups, such as frames of one movie: by the
  /// cluster bootstrap (Field and Welsh 2007), which draws whole groups with replacement, as many as there
  /// are, and takes the mean of all their values.
  ///
  /// Where each value is a group of its own it is `interval(ofMean:)`, draw by draw.
  ///
  /// - Parameters:
  ///   - values: The values.
  ///   - groups: The group of each.
  ///   - resamples: How many draws.
  ///   - seed: What starts them.
  /// - Returns: the interval; nil of fewer than two groups, or where a value is no number.
  /// - Precondition: there are as many groups as values.
  public static func interval(
    ofMean values: [Double], groups: [String], resamples: Int = resamples, seed: UInt64 = seed
  ) -> ClosedRange<Double>? {
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
    guard members.count > 1, resamples > 0, values.allSatisfy(\.isFinite) else { return nil }
    var generator = SeededGenerator(seed: seed)
    var means = (0..<resamples).map { _ in
      var (sum, count) = (0.0, 0)
      for _ in members.indices {
        let member = members[generator.index(below: members.count)]
        sum += member.sum
        count += member.count
      }
      return sum / Double(count)
    }
    means.sort()
    return quantile(0.025, ofSorted: means)...quantile(0.975, ofSorted: means)
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

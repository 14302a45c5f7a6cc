/// Exponential smoothing of a curve, as loss curves are read.
public enum Smoothing {
  /// The running mean, `weight` of it from the past (0 is none, below 1).
  ///
  /// The start is corrected (Kingma and Ba 2014, section 3), so that the first values are not
  /// pulled to 0; values that are no numbers are passed by.
  public static func exponential(_ values: [Double], weight: Double) -> [Double] {
    guard weight > 0, weight < 1 else { return values }
    var mean = 0.0
    var power = 1.0
    return values.map { value in
      guard value.isFinite else { return value }
      mean = weight * mean + (1 - weight) * value
      power *= weight
      return mean / (1 - power)
    }
  }
}

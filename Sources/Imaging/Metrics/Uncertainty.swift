import Foundation

/// How unsure a prediction is.
public enum Uncertainty {
  /// Mean binary entropy of probabilities in bits: 0 when all are 0 or 1, 1 when all are a half.
  ///
  /// Values outside 0...1 count as the nearer end; no values give 0.
  public static func meanEntropy(of probabilities: [Float]) -> Double {
    guard !probabilities.isEmpty else { return 0 }
    var sum = 0.0
    for probability in probabilities {
      let p = Double(probability)
      guard p > 0, p < 1 else { continue }
      sum -= p * log2(p) + (1 - p) * log2(1 - p)
    }
    return sum / Double(probabilities.count)
  }
}

import Foundation

/// How unsure a prediction is.
public enum Uncertainty {
  /// Mean binary entropy of probabilities in bits: 0 when all are 0 or 1, 1 when all are a half.
  ///
  /// Values outside 0...1 count as the nearer end; no values give 0.
  public static func meanEntropy(of probabilities: [Float]) -> Double {
    guard !probabilities.isEmpty else { return 0 }
    let unsure = probabilities.lazy.map { Double($0) }.filter { $0 > 0 && $0 < 1 }
    let sum = unsure.reduce(0) { $0 - ($1 * log2($1) + (1 - $1) * log2(1 - $1)) }
    return sum / Double(probabilities.count)
  }
}

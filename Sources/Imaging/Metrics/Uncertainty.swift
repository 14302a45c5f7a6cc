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

  /// How unsure a prediction is of each of its cells, by their numbers: as ``meanEntropy(of:)``, of a cell's pixels.
  ///
  /// - Precondition: there is a probability for each pixel.
  public static func meanEntropies(
    of probabilities: [Float], in cells: LabelImage
  ) -> [LabelImage.Label: Double] {
    precondition(
      probabilities.count == cells.labels.count,
      "\(probabilities.count) probabilities for \(cells.width)x\(cells.height)")
    var sums = [Double](repeating: 0, count: Int(LabelImage.Label.max) + 1)
    for (label, probability) in zip(cells.labels, probabilities)
    where label != 0 && probability > 0 && probability < 1 {
      let part = Double(probability)
      sums[Int(label)] -= part * log2(part) + (1 - part) * log2(1 - part)
    }
    var means: [LabelImage.Label: Double] = [:]
    for (label, area) in cells.areas { means[label] = sums[Int(label)] / Double(area) }
    return means
  }
}

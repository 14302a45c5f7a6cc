/// How a loss over pixels becomes one number.
public enum Reduction: String, Hashable, Sendable, CaseIterable, Codable {
  /// The mean over all pixels of the batch.
  case mean
  /// The sum over an image's pixels, as the paper's equations (2) and (3), then the mean over the batch.
  case sum

  /// What to divide the sum over the batch by.
  func divisor(images: Int, terms: Int) -> Double {
    switch self {
    case .mean: Double(terms)
    case .sum: Double(images)
    }
  }
}

/// How length and area of the loss add up over an image.
public enum Reduction: String, Codable, CaseIterable, Sendable {
  /// Means over pixels: the published weights balance with these.
  case mean
  /// Sums over an image, as the paper's equations (2) and (3) are written, then means over the batch.
  case sum
}

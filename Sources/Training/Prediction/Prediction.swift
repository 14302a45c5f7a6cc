public import Imaging

/// What a network says about one image, at the image's own size.
public struct Prediction: Equatable, Sendable {
  /// Where the probability is at least one half.
  public let mask: Mask
  /// Of every pixel to be cell, 0...1, row by row.
  public let probabilities: [Float]
  /// The mean over the pixels of the binary entropy in bits: 0 certain, 1 nothing known.
  public let uncertainty: Double

  /// Takes probabilities apart.
  ///
  /// - Precondition: `probabilities.count == width * height`.
  public init(width: Int, height: Int, probabilities: [Float]) {
    self.probabilities = probabilities
    mask = Mask(width: width, height: height, pixels: probabilities.map { $0 >= 0.5 ? 1 : 0 })
    uncertainty = Uncertainty.meanEntropy(of: probabilities)
  }
}

public import Basics
public import Imaging
public import Project

extension Predictor {
  /// Scores the network's mask of an image, which is of the image's own size, or of the working size in the
  /// paper's protocol.
  ///
  /// - Throws: `TrainingError.memory` as of `check`.
  public func score(
    _ sample: Sample, by scoring: ScoringProtocol
  ) throws(TrainingError) -> (scores: Scores, mask: Mask) {
    let mask: Mask
    let truth: Mask
    let unknown: Mask?
    switch scoring {
    case .own:
      mask = try predict(sample.image).mask
      (truth, unknown) = (sample.mask, sample.unknown)
    case .paper:
      try check(width: size, height: size)
      let crop = Crop(of: sample, side: size, percentiles: percentiles)
      let answer = probabilities(of: crop.image, width: size, height: size)
      mask = Prediction(width: size, height: size, probabilities: answer).mask
      (truth, unknown) = (crop.truth, crop.unknown)
    }
    let scores = Scores(prediction: mask, truth: truth, unknown: unknown, withBoundaries: true)
    return (scores, mask)
  }
}

extension ScoringProtocol {
  /// A labelled image as this protocol scores it, its contrast stretched to 0...1, and its mask: both of the
  /// image's own size, or of the network's working size, the side of the paper's square.
  public func picture(
    of sample: Sample, size: Int, percentiles: Percentiles
  ) -> (image: Image, mask: Mask) {
    switch self {
    case .own:
      return (sample.image.stretched(percentiles), sample.mask)
    case .paper:
      let crop = Crop(of: sample, side: size, percentiles: percentiles)
      return (crop.picture, crop.truth)
    }
  }
}

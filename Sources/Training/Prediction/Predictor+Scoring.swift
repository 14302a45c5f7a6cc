public import Basics
public import Imaging
public import Project
import Recipes

extension Predictor {
  /// Scores the network's mask of an image, and its cells where the true ones are told apart.
  ///
  /// The mask is of the image's own size, or of the working size in the paper's protocol, which knows no cells.
  ///
  /// - Throws: `TrainingError.memory` as of `check`.
  public func score(
    _ sample: Sample, by scoring: ScoringProtocol
  ) throws(TrainingError) -> (scores: Scores, mask: Mask) {
    let mask: Mask
    let truth: Mask
    let unknown: Mask?
    var cells: ObjectScores?
    switch scoring {
    case .own:
      let prediction = try predict(sample.image)
      mask = prediction.mask
      (truth, unknown) = (sample.mask, sample.unknown)
      cells = sample.cells.map {
        ObjectScores(prediction: prediction.cells(), truth: $0, unknown: unknown)
      }
    case .paper:
      try check(width: size, height: size)
      let crop = Crop(of: sample, side: size, percentiles: percentiles)
      let answer = answers(of: crop.image, width: size, height: size, flips: views.flips)[0]
      mask = SurePieces.all(of: answer, width: size, height: size)
      (truth, unknown) = (crop.truth, crop.unknown)
    }
    var scores = Scores(prediction: mask, truth: truth, unknown: unknown, withBoundaries: true)
    if let cells { scores.add(cells) }
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

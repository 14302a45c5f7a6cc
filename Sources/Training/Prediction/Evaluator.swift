import Imaging
public import Project

/// Scores a network's masks against accepted ones.
public struct Evaluator {
  private let predictor: Predictor
  private let scoring: ScoringProtocol

  /// Takes a network and a protocol.
  public init(_ predictor: Predictor, protocol scoring: ScoringProtocol = .own) {
    self.predictor = predictor
    self.scoring = scoring
  }

  /// Scores the network's mask of one image.
  public func score(_ sample: Sample) -> Evaluation {
    let (prediction, truth) =
      switch scoring {
      case .own: (predictor.predict(sample.image), sample.mask)
      case .paper: cropped(sample)
      }
    return Evaluation(
      key: sample.key,
      scores: Scores(prediction: prediction.mask, truth: truth, withBoundaries: true),
      mask: prediction.mask, uncertainty: prediction.uncertainty)
  }

  private func cropped(_ sample: Sample) -> (Prediction, Mask) {
    let side = predictor.size
    let (image, truth) = scoring.picture(of: sample, size: side)
    let prediction = Prediction(
      width: side, height: side,
      probabilities: predictor.probabilities(of: image.values, width: side, height: side))
    return (prediction, truth)
  }
}

import Imaging
import Recipes

extension CrossValidation.Score {
  /// Takes what counts of the scores of an image; cells that nobody told apart say nothing, and neither does an image
  /// without any.
  init(_ image: ImageKey, fold: Int, _ scores: Scores) {
    let isEmpty = scores.isEmpty
    self.init(
      image: image, fold: fold, iou: isEmpty ? nil : scores.iou,
      cellF1: isEmpty ? nil : scores[.cellF1], countError: isEmpty ? nil : scores[.countError])
  }
}

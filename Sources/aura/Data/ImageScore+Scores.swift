import Imaging
import Project
import Recipes

extension ImageScore {
  /// A line of `scores.csv`.
  init(_ key: ImageKey, _ scores: Scores, trainedOn: Bool) {
    self.init(
      image: key, trainedOn: trainedOn, iou: scores.iou, dice: scores.dice,
      precision: scores.precision, recall: scores.recall, boundaryIoU: scores.boundaryIoU,
      hausdorff: scores.hausdorff, hausdorff95: scores.hausdorff95)
  }
}

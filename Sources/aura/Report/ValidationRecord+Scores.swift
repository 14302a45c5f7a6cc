import Project
import Recipes

extension ValidationRecord {
  /// The IoU on simulated and on real images, in a line.
  var scores: String {
    "simulated IoU \(ScoreTable.fixed(simulatedIoU))"
      + real.map { "  \($0.name) \(ScoreTable.fixed($0.iou))" }.joined()
  }
}

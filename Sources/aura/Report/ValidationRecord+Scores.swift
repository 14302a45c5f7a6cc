import Basics
import Project
import Recipes

extension ValidationRecord {
  /// The IoU on simulated and on real images, in a line.
  var scores: String {
    "simulated IoU \(NumberText.decimal(simulatedIoU, digits: 4))"
      + real.map { "  \($0.name) \(NumberText.decimal($0.iou, digits: 4))" }.joined()
  }
}

/// The screens of the workbench, in the order of F2 to F5.
public enum Tab: Int, CaseIterable, Sendable {
  /// The images of the project with their states.
  case queue
  /// One image under the pen.
  case annotate
  /// The run in the background and its curve.
  case train
  /// Where the newest network fails.
  case review

  /// The function key that shows it.
  var functionKey: Int { rawValue + 2 }

  /// What the title line calls it.
  var title: String {
    switch self {
    case .queue: "Queue"
    case .annotate: "Annotate"
    case .train: "Train"
    case .review: "Review"
    }
  }
}

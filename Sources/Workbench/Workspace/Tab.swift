/// The screens of the workbench.
public enum Tab: Sendable {
  /// The images of the project with their states.
  case queue
  /// One image under the pen.
  case annotate
  /// The run in the background and its curve.
  case train
  /// Where the newest network fails.
  case review
  /// The recipes of a comparison and what they score.
  case scores
  /// Their losses over the epochs.
  case curves
  /// What they make of a test image.
  case panes

  /// What the title line calls it.
  var title: String {
    switch self {
    case .queue: "Queue"
    case .annotate: "Annotate"
    case .train: "Train"
    case .review: "Review"
    case .scores: "Scores"
    case .curves: "Curves"
    case .panes: "Predictions"
    }
  }
}

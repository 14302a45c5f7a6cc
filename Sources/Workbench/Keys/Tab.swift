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

  /// The screens of a project, from F2 on.
  static let ofProject: [Tab] = [.queue, .annotate, .train, .review]
  /// The screens of a comparison's report, from F2 on.
  static let ofReport: [Tab] = [.scores, .curves, .panes]

  /// The function key that shows it.
  var functionKey: Int {
    let place = Self.ofProject.firstIndex(of: self) ?? Self.ofReport.firstIndex(of: self)
    return (place ?? 0) + 2
  }

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

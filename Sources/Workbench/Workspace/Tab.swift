/// The screens of the workbench, by what the title line calls them.
public enum Tab: String, Sendable {
  /// The images of the project with their states.
  case queue = "Queue"
  /// One image under the pen.
  case annotate = "Annotate"
  /// The run in the background and its curve.
  case train = "Train"
  /// Where the newest network fails.
  case review = "Review"
  /// The recipes of a comparison and what they score.
  case scores = "Scores"
  /// Their losses over the epochs.
  case curves = "Curves"
  /// What they make of a test image.
  case panes = "Predictions"
}

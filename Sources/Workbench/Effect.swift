public import Imaging
public import Project

/// Something the workbench asks of the world; the host alone carries it out.
public enum Effect: Equatable, Sendable {
  /// Decode an image (and its draft, proposal and accepted mask) in the background; answered by
  /// `Event.loaded` or `Event.loadFailed`.
  case load(ImageKey)
  /// Append a line to `strokes.jsonl`, before anything else happens.
  case record(Stroke, ImageKey)
  /// Write (`mask` given) the accepted mask, then append the decision to `review.jsonl`;
  /// answered by `Event.saved` or `Event.failed`.
  case decide(Decision, Mask?)
  /// Start a run on the accepted masks; answered by `Event.training`.
  case startTraining(Recipe)
  /// Hold the run before its next batch.
  case pauseTraining
  /// Go on after a pause.
  case resumeTraining
  /// End the run, keeping the best weights.
  case stopTraining(StopPoint)
  /// Compute the table of failure cases with the newest weights; answered by `Event.reviewed`.
  case review
  /// Load what a review row shows; answered by `Event.reviewLoaded`.
  case loadReview(ImageKey)
  /// Hand the terminal back to the shell until `fg`.
  case suspend
  /// Repaint everything.
  case redraw
  /// Save what is open and leave.
  case quit
}

/// When a run that is told to stop does so.
public enum StopPoint: Equatable, Sendable {
  /// After the epoch in hand.
  case epoch
  /// Before the next batch.
  case now
}

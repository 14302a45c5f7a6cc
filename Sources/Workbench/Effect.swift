public import Imaging
public import Project
public import Recipes

/// Something the workbench asks of the world; the host alone carries it out.
///
/// Effects are carried out in the order in which they are returned: a stroke is on disk before the
/// decision that rests on it, and before its image is loaded again.
public enum Effect: Equatable, Sendable {
  /// Decode an image (and its draft, proposal and accepted mask) and prepare it in the background;
  /// answered by `Event.loaded` or `Event.failed`.
  case load(ImageKey)
  /// Stretch an image in memory to another contrast in the background; answered by `Event.stretched`.
  case stretch(ImageKey, ShownImage, Contrast)
  /// Append a line to `strokes.jsonl`, before anything else happens. A line that cannot be written is
  /// kept and tried again before the next one (`Event.unsaved` says how many wait, `Event.failed` why).
  case record(Stroke, ImageKey)
  /// Write (`mask` given) the accepted mask, then append the decision to `review.jsonl`;
  /// answered by `Event.saved` or `Event.failed`.
  case decide(Decision, TiledLabels?)
  /// Accept all proposals whose estimated IoU is at least a figure; answered by `Event.acceptedAbove` or `Event.failed`.
  case acceptAbove(Double)
  /// Take the newest such acceptance back; answered by `Event.acceptedAbove` or `Event.failed`.
  case takeBackAcceptance
  /// Work out in the background what draws the accepted cells of a large image, for the first edit of them; answered by
  /// `Event.prepared`.
  case prepare(ImageKey, TiledLabels)
  /// Look at the channel after the one that is looked at of an image, in all images that have it; answered by
  /// `Event.channel`, or `Event.notice` where there is none.
  case showNextChannel(ImageKey)
  /// Write a copy of the labels, with the lines that could not be written, into a folder at a path and
  /// go on there; answered by `Event.writtenElsewhere` or `Event.failed`.
  case writeElsewhere(String)
  /// Say what a run would do and how long it takes: with these settings, or without any with those
  /// that suit the number of labels; answered by `Event.planned` or `Event.failed`.
  case planTraining(Recipe?)
  /// Start a run on the accepted masks; answered by `Event.training` or `Event.failed`.
  case startTraining(Recipe)
  /// Go on with the run that was stopped last; answered by `Event.training` or `Event.failed`.
  case goOnTraining
  /// Remove the checkpoints of all runs that are not going on; answered by `Event.runs`.
  case clearCheckpoints
  /// Hold the run before its next batch; answered by `RunEvent.paused`.
  case pauseTraining
  /// Go on after a pause; answered by `RunEvent.resumed`.
  case resumeTraining
  /// End the run, keeping the best weights; answered by `RunEvent.finished`.
  case stopTraining(RunStop)
  /// Compute the table of failure cases with the newest weights; answered by `Event.reviewed` or
  /// `Event.failed`.
  case review
  /// Load what a review row shows; answered by `Event.reviewLoaded` or `Event.failed`.
  case loadReview(ImageKey)
  /// Load what a report shows of a test image, predictions by the runs of a seed where there are
  /// several; answered by `Event.reportLoaded` or `Event.failed`.
  case loadReport(ImageKey, seed: UInt64?)
  /// Measure cells in the background, and write them as tables where the project can be written; answered by
  /// `Event.measured` or `Event.failed`. What was being measured is dropped.
  case measure(MeasureOrder)
  /// End what `measure` asked for, without an answer.
  case stopMeasuring
  /// Write cells in formats of other programs, in the background; answered by `Event.exported` or
  /// `Event.failed`.
  case export(ExportOrder)
  /// End an export, which `Event.exported` answers with what was written.
  case stopExport
  /// Hand the terminal back to the shell until `fg`.
  case suspend
  /// Repaint everything.
  case redraw
  /// Save what is open and leave.
  case quit
}

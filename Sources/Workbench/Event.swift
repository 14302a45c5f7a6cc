public import Imaging
public import Project
public import Recipes
public import Screen

/// Something that happened, to which the workbench answers with a new model and effects.
public enum Event: Equatable, Sendable {
  /// A key, the mouse, a paste.
  case input(Input)
  /// The window has a new size.
  case resized(Size)
  /// Time passes: seconds since 1970, sent about every second and with each input.
  case tick(Double)
  /// An image and its masks are in memory.
  case loaded(ImageKey, OpenImage)
  /// An image is stretched to another contrast.
  case stretched(ImageKey, ShownImage)
  /// A decision is on disk.
  case saved(ImageKey)
  /// What draws an image's accepted cells, the answer to `Effect.prepare`.
  case prepared(ImageKey, CellDrawing)
  /// How many strokes wait for a disk that refuses them; 0 when all is written.
  case unsaved(Int)
  /// An image was replaced by another, so that what was done with it is set aside: where it stands now, and
  /// a line that says so.
  case setAside(ProjectEntry, String)
  /// The labels are in a folder of their own now, where work goes on: where the images stand, and a line.
  case writtenElsewhere([ProjectEntry], String)
  /// Masks that lie with the images are being taken over: images that are accepted by that since it was said
  /// last, how many of how many are done.
  case takingMasks([ProjectEntry], done: Int, of: Int)
  /// All proposals above a figure are accepted, or that is taken back: those images, and a line, where there is one to say; the answer to
  /// `Effect.acceptAbove` and `Effect.takeBackAcceptance`.
  case acceptedAbove([ProjectEntry], String?)
  /// Another channel of the images is looked at: the images with it, and a line.
  case channel([ProjectEntry], String)
  /// Something could not be done; one line says what is wrong, where, and what to do.
  case failed(Trouble, String)
  /// More that is odd about the images or their folder.
  case findings([FolderFinding])
  /// Something worth a line at the bottom.
  case notice(String)
  /// What a run would do, the answer to `Effect.planTraining`.
  case planned(RunForecast)
  /// The run in the background reports.
  case training(RunEvent)
  /// The size to look at the images with is being found, before masks are proposed: how many looks of how many are
  /// done.
  case findingSize(done: Int, of: Int)
  /// The size that was found for the images, now or before.
  case foundSize(FoundSize)
  /// Images are being compared, to say which are best labelled next: how many looks of how many are done.
  case comparing(done: Int, of: Int)
  /// The images without a label, the one to label first at the start, as it was found now or before.
  case suggested([ImageKey])
  /// Masks are being proposed: how many of how many are done.
  case proposing(done: Int, of: Int)
  /// Proposals are complete.
  case proposalsDone
  /// The newest run of an earlier session, its epochs in its history, the best of them, how much of what was learnt
  /// it has kept, and what it reaches on labels that it has not learnt from.
  case pastRun(
    RunPlan, bestEpoch: Int?, kept: KeptShare? = nil, crossValidation: CrossValidation? = nil)
  /// What runs take on disk, and which can be gone on with.
  case runs(RunsOnDisk)
  /// Images, found at opening, whose strokes are not what was decided.
  case drafts([ImageKey])
  /// How many accepted or proposed cells images have of which that was not known at opening.
  case counted([ImageKey: Int])
  /// A network proposes cells for an image; `quality` is the estimated IoU of its mask, `by` names the run, or the
  /// weights from before the first, `doubts` says how unsure it is of each cell.
  case proposed(
    ImageKey, ColouredCells, uncertainty: Double, quality: Double? = nil, by: String? = nil,
    doubts: [LabelImage.Label: Double] = [:])
  /// How the newest network does on each labelled image, in any order.
  case reviewed([ImageScore])
  /// What one failure case shows.
  case reviewLoaded(ImageKey, ReviewCase)
  /// What a report shows of a test image, the answer to `Effect.loadReport`.
  case reportLoaded(ImageKey, ReportPictures)
  /// Cells are being measured: how many images of how many are done.
  case measuring(done: Int, of: Int)
  /// What was measured, the answer to `Effect.measure`.
  case measured(MeasuredCells)
  /// Cells are being exported: how many files or images of how many are done.
  case exporting(done: Int, of: Int)
  /// What was exported, the answer to `Effect.export`.
  case exported(ExportOutcome)
  /// SIGINT, SIGTERM, SIGHUP or the end of input: save and leave.
  case interrupted
}

/// What could not be done.
///
/// Only what it is about is shown and taken back: a stroke that the disk refuses ends no run.
public enum Trouble: Equatable, Sendable {
  /// To say what a run would do.
  case plan
  /// To begin, or to go on with, the run that was asked for.
  case run
  /// To propose masks.
  case proposals
  /// To write a stroke on an image, which is kept and tried again.
  case stroke(ImageKey)
  /// To write a decision on an image, which is what it was before.
  case decision(ImageKey)
  /// To write a decision on an image that was replaced, or cannot be read any more: it is what it was before,
  /// and to be read again.
  case lostImage(ImageKey)
  /// To accept all proposals above a figure, or to take that back.
  case acceptance
  /// To write the labels elsewhere.
  case elsewhere
  /// To show an image.
  case image(ImageKey)
  /// To make the table of failure cases.
  case review
  /// To show a failure case.
  case reviewCase(ImageKey)
  /// To measure cells.
  case measures
  /// To export cells.
  case export
  /// To show a test image of a report.
  case report(ImageKey)
}

public import Imaging
import Project
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
  case loaded(ImageKey, PreparedImage)
  /// An image is stretched to another contrast.
  case stretched(ImageKey, ShownImage)
  /// An image cannot be shown; one line saying why.
  case loadFailed(ImageKey, String)
  /// A decision is on disk.
  case saved(ImageKey)
  /// A decision could not be written, so the image is what it was before; one line saying why.
  case saveFailed(ImageKey, String)
  /// How many strokes wait for a disk that refuses them; 0 when all is written.
  case unsaved(Int)
  /// Something could not be done; one line saying what, where, and what to do.
  case failed(String)
  /// Something worth a line at the bottom.
  case notice(String)
  /// What a run would do, the answer to `Effect.planTraining`.
  case planned(RunEstimate)
  /// The run in the background reports.
  case training(TrainingEvent)
  /// The newest run of an earlier session: its settings, its epochs and the best of them.
  case pastRun(RunPlan, [EpochRecord], bestEpoch: Int?)
  /// Images, found at opening, whose strokes are not what was decided.
  case drafts([ImageKey])
  /// A network proposes a mask for an image; `by` names the run, or the weights from before the first.
  case proposed(ImageKey, TiledMask, uncertainty: Double, by: String? = nil)
  /// Failure cases, worst first.
  case reviewed([ReviewRow])
  /// What one failure case shows.
  case reviewLoaded(ImageKey, ReviewCase)
  /// The table of failure cases (no key) or one case cannot be had; one line saying why.
  case reviewFailed(ImageKey?, String)
  /// What a report shows of a test image, the answer to `Effect.loadReport`.
  case reportLoaded(ImageKey, ReportPictures)
  /// A report's test image cannot be shown; one line saying why.
  case reportFailed(ImageKey, String)
  /// SIGINT, SIGTERM, SIGHUP or the end of input: save and leave.
  case interrupted
}

/// What a run in the background reports.
public enum TrainingEvent: Equatable, Sendable {
  /// The run begins.
  case started(RunPlan)
  /// A step is done.
  case step(StepRecord)
  /// An epoch is done; `isBest` when its validation loss is the lowest so far.
  case epoch(EpochRecord, isBest: Bool)
  /// A line of figures besides the losses, such as what a pretraining reaches on real images.
  case figures(String)
  /// The run waits.
  case paused
  /// The run goes on.
  case resumed
  /// The run is over and its weights are kept; proposals follow.
  case finished(epochs: Int, bestEpoch: Int?)
  /// Masks are being proposed: how many of how many are done.
  case proposing(done: Int, of: Int)
  /// Proposals are complete.
  case proposalsDone
  /// The run broke off; one line saying why. The last good weights are kept.
  case failed(String)
}

/// What a run is going to do.
public struct RunPlan: Equatable, Sendable {
  /// The run's folder name.
  public var name: String
  /// Its settings.
  public var recipe: Recipe
  /// Images that are trained on.
  public var trainingImages: Int
  /// Images that are only validated on; 0 with few labels.
  public var validationImages: Int
  /// Its steps and epochs.
  public var length: RunLength
  /// Steps that were done before, when the run is resumed.
  public var stepsDone: Int

  /// Makes a plan.
  public init(
    name: String, recipe: Recipe, trainingImages: Int, validationImages: Int, length: RunLength,
    stepsDone: Int = 0
  ) {
    self.name = name
    self.recipe = recipe
    self.trainingImages = trainingImages
    self.validationImages = validationImages
    self.length = length
    self.stepsDone = stepsDone
  }
}

/// What a run with given settings would do, as far as can be said before it starts.
public struct RunEstimate: Equatable, Sendable {
  /// The settings.
  public var recipe: Recipe
  /// Images that would be trained on.
  public var trainingImages: Int
  /// Images that would only be validated on; 0 with few labels.
  public var validationImages: Int
  /// How long it takes, proposals included, if that can be said.
  public var seconds: Double?
  /// A line worth knowing before it starts, such as why there is no validation curve.
  public var note: String?

  /// Makes an estimate.
  public init(
    recipe: Recipe, trainingImages: Int, validationImages: Int, seconds: Double?, note: String?
  ) {
    self.recipe = recipe
    self.trainingImages = trainingImages
    self.validationImages = validationImages
    self.seconds = seconds
    self.note = note
  }
}

/// How the newest network does on one labelled image.
public struct ReviewRow: Equatable, Sendable {
  /// The image.
  public var image: ImageKey
  /// IoU of prediction and accepted mask, 0...1.
  public var iou: Double
  /// Whether the newest run trained on it.
  public var trainedOn: Bool

  /// Makes a row.
  public init(image: ImageKey, iou: Double, trainedOn: Bool) {
    self.image = image
    self.iou = iou
    self.trainedOn = trainedOn
  }
}

/// What is shown side by side of one labelled image.
public struct ReviewCase: ShowsImage {
  /// The image.
  var shown: ShownImage
  /// The accepted mask.
  let truth: TiledMask
  /// The network's mask.
  let prediction: TiledMask
  /// Pixels that are cell in both masks.
  let common: Int

  /// Makes a case, ready to be drawn.
  public init(image: Image, truth: Mask, prediction: Mask) {
    shown = ShownImage(image)
    self.truth = TiledMask(truth)
    self.prediction = TiledMask(prediction)
    let isOneSize = truth.width == prediction.width && truth.height == prediction.height
    common = isOneSize ? self.truth.common(with: self.prediction) : 0
  }
}

import Project
import Recipes
import Weights

/// What a run is started with.
protocol RunOrder<Source>: Sendable {
  associatedtype Source: BatchSource

  /// Weights to go on from.
  var start: StateDict? { get }
  /// Whether to go on from the last checkpoint.
  var resumes: Bool { get }
  /// Seconds between two checkpoints, at least.
  var checkpointInterval: Double { get }
  var threads: Int { get }

  /// Whether nothing is left to train of the run that a folder holds, told without asking whether this machine
  /// could train it.
  ///
  /// - Throws: `TrainingError.file` where the folder's files cannot be read.
  func isTrained(in folder: RunFolder) throws(TrainingError) -> Bool

  /// The run of a network, in a folder that a run that is gone on with has left files in.
  ///
  /// - Throws: `TrainingError` where the settings do not suit the network, the images or this machine.
  func job(
    of network: some SegmentationNetwork, in folder: RunFolder
  ) throws(TrainingError) -> RunJob<Source>
}

/// A run ready to begin: its parts, and the images that it learns from and is measured on.
struct RunJob<Source: BatchSource>: Sendable {
  let parts: RunParts<Source>
  var training: [ImageKey] = []
  var validation: [ImageKey] = []
  /// What the run writes as `split.csv`; none where it has no labelled images.
  var split: Split?
  /// Images without labels that may be looked at.
  var unlabelled = UnlabelledImages()
}

/// A training on labelled images, as it is started.
struct LabelledRun: RunOrder {
  var recipe: Recipe
  /// All labelled images, cropped to the recipe's size.
  var samples: [CroppedSample]
  /// Which of them are validated on, if that is not left to the seed.
  var split: Split?
  /// What the weights to go on from were trained and validated on.
  var past: Split?
  var start: StateDict?
  /// Images without labels, by which it is decided how much of what was learnt is kept.
  var unlabelled = UnlabelledImages()
  var resumes = false
  var checkpointInterval = 20.0
  var threads = 1

  func isTrained(in folder: RunFolder) throws(TrainingError) -> Bool {
    try RunPlanner.isTrained(folder, by: recipe, on: samples.map(\.key), split: split)
  }

  func job(
    of network: some SegmentationNetwork, in folder: RunFolder
  ) throws(TrainingError) -> RunJob<LabelledBatches> {
    // A run goes on with the split that it began with, whatever that was drawn from.
    let begun = resumes ? try folder.begunSplit() : nil
    let held = HeldOut(
      samples.map(\.key), share: recipe.validation, seed: recipe.seed, given: split ?? begun,
      past: past)
    let crops = Dictionary(samples.map { ($0.key, $0.crop) }, uniquingKeysWith: { $1 })
    // The split names the images of the past too, so that the newest run's tells what its weights have
    // ever seen.
    var seen = past ?? begun ?? Split()
    for key in held.training { seen.parts[key] = .train }
    for key in held.validation { seen.parts[key] = .validation }
    let checked = try recipe.checked(for: network, labels: held.training.count)
    var parts = RunParts(
      checked, of: network, training: held.training.compactMap { crops[$0] },
      validation: held.validation.compactMap { crops[$0] })
    // Where there is no image to ask, all that was learnt is kept, and the start need not be.
    if unlabelled.keys.isEmpty, parts.startAverage.looksAtImages { parts.startAverage = .none }
    return RunJob(
      parts: parts, training: held.training, validation: held.validation, split: seen,
      unlabelled: network is CellNetwork
        ? unlabelled.fitting(beside: MemoryNeed.bytes(checked)) : unlabelled)
  }
}

/// A pretraining on simulated images, as it is started.
struct SimulatedRun: RunOrder {
  var settings: PretrainingSettings
  /// Real images that it is measured on.
  var real: [ValidationSet] = []
  var start: StateDict?
  var resumes = false
  var checkpointInterval = 300.0
  var threads = 1

  func isTrained(in folder: RunFolder) throws(TrainingError) -> Bool {
    let length = RunLength(steps: settings.steps, stepsPerEpoch: settings.validationInterval)
    return try folder.isTrained(epochs: length.epochs, keeps: .every)
  }

  func job(
    of network: some SegmentationNetwork, in folder: RunFolder
  ) throws(TrainingError) -> RunJob<SimulatedBatches> {
    RunJob(parts: RunParts(try settings.checked(for: network), of: network, real: real))
  }
}

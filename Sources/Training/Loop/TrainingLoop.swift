import Autograd
import Basics
import Kernels
import Recipes
import Weights

/// Trains one network, a step at a time, on the thread that made it: the one loop of all kinds of runs.
///
/// The same parts, starting weights and thread count give the same bits, and so does going on from a
/// checkpoint.
final class TrainingLoop<Source: BatchSource, Network: SegmentationNetwork> {
  let parts: RunParts<Source>
  private(set) var state = LoopState()
  let parameters: ParameterStore
  let adam: Adam
  /// The mean of the weights over the run or its end, where that is what is kept.
  let average: AveragedWeights?
  /// The weights that it began with, where the run is to end nearer to them than it has come.
  private(set) var start: StateDict?

  private let pool: ThreadPool
  let passes: TrainingPasses<Network>
  private let generator: SeededGenerator
  private var queue: BatchQueue<Source>?
  /// The weights of the lowest validation loss, if they are not saved yet.
  private var unsavedBest: StateDict?
  /// The step after which weights were saved.
  private var savedStep: Int?

  /// Prepares to train from PyTorch's initialisation by the seed, or from given weights.
  ///
  /// - Throws: `TrainingError.weights` where the weights are of another network.
  init(
    _ parts: RunParts<Source>, network: Network, start: StateDict?, threads: Int
  ) throws(TrainingError) {
    let recipe = parts.settings.recipe
    self.parts = parts
    pool = ThreadPool(threads: threads)
    passes = TrainingPasses(of: network, loss: recipe.loss, mode: parts.mode, pool: pool)
    var generator = SeededGenerator(seed: recipe.seed)
    parameters = ParameterStore(
      for: TrainingGraph(drawing: network, count: 2, side: recipe.stepSide, mode: .training).graph,
      using: &generator)
    if let start {
      do {
        // Those of an encoder alone, by torchvision's names, leave the rest as it is drawn.
        let isEncoder =
          start["conv1.weight"] != nil && parameters.paths.contains("encoder.conv1.weight")
        try isEncoder
          ? parameters.loadEncoder(start)
          : parameters.load(start.fitted(to: parameters.stateDict))
        if !isEncoder, parts.startAverage != .none { self.start = start.part(known: parameters) }
      } catch {
        throw .weights(error)
      }
    }
    self.generator = generator
    adam = Adam(
      parameters: parameters, learningRate: recipe.learningRate, pool: pool,
      rateShare: parts.share)
    let drawn = parameters
    average = parts.keep.mean.map { AveragedWeights($0, from: drawn) }
  }

  deinit { queue?.close() }

  var isDone: Bool { state.epoch >= parts.length.epochs }

  /// Whether the last step of an epoch is done and `finishEpoch` has not been called.
  var isEpochDone: Bool {
    state.imagesSeen > 0 && state.step >= parts.length.steps(in: state.epoch + 1)
  }

  /// Does one step: moves the weights down the gradient of the next batch.
  ///
  /// - Throws: `TrainingError.notFinite` before the weights are touched by it.
  /// - Precondition: neither the run nor the epoch in hand is done.
  func step() throws(TrainingError) -> StepRecord {
    precondition(!isDone && !isEpochDone, "step \(state.step + 1) after the end")
    let batch = nextBatch()
    adam.learningRate = parts.rate.rate(at: state.step)
    let loss = try passes.pass(for: batch, learns: true, parameters)
      .descend(batch, adam, step: state.step + 1)
    state.step += 1
    state.seen += batch.count
    state.imagesSeen += batch.count
    state.lossSum += loss * Double(batch.count)
    average?.add(parameters, after: state.step, pool: pool)
    return StepRecord(step: state.step, epoch: state.epoch + 1, loss: loss)
  }

  /// Counts seconds to the epoch in hand.
  func add(seconds: Double) { state.seconds += seconds }

  /// Looks at what the last step made of the parameters.
  ///
  /// - Throws: `TrainingError.notFinite` where one is no number any more.
  func checkParameters() throws(TrainingError) {
    guard let path = parameters.firstNonFinite else { return }
    throw .notFinite(step: state.step, place: "first in the parameter \(path)")
  }

  /// Measures the weights that are kept, by their running statistics.
  ///
  /// - Throws: `TrainingError.notFinite` where a loss is no number.
  func validate() throws(TrainingError) -> Validation.Result {
    var result = Validation.Result()
    for set in parts.validation.real {
      let measure = try measure(set.crops)
      result.real.append(
        .init(name: set.name, iou: measure.iou, averagePrecision: measure.averagePrecision))
    }
    if !parts.validation.crops.isEmpty { result.held = try measure(parts.validation.crops) }
    return result
  }

  func measure(_ crops: [Crop]) throws(TrainingError) -> Validation.Measure {
    var sum = Validation.Measure()
    var precisions: [Double] = []
    for crops in parts.validation.batches(of: crops) {
      let batch = Batch(crops)
      let pass = passes.pass(for: batch, learns: false, measured)
      let loss = pass.forward(batch)
      guard loss.isFinite else {
        throw .notFinite(step: state.step, place: pass.placeOfBreakdown)
      }
      sum.loss += loss * Double(batch.count)
      guard parts.validation.isTabled else { continue }
      let logits = pass.lastLogits
      sum.iou += Validation.iou(logits, of: crops)
      if let cores = pass.lastCoreLogits {
        precisions += Validation.averagePrecisions(logits, cores: cores, of: crops)
      }
    }
    let count = Double(max(1, crops.count))
    return Validation.Measure(
      loss: sum.loss / count, iou: sum.iou / count,
      averagePrecision: precisions.isEmpty
        ? nil : precisions.reduce(0, +) / Double(precisions.count))
  }

  /// Closes the epoch in hand, with what `validate()` gave and how long that took.
  ///
  /// - Returns: the epoch's line, and whether its validation loss is the lowest so far, where that counts.
  /// - Precondition: the epoch's last step is done.
  @discardableResult
  func finishEpoch(_ result: Validation.Result, seconds: Double) -> (
    record: EpochRecord, isBest: Bool
  ) {
    precondition(isEpochDone, "epoch \(state.epoch + 1) is not done")
    let record = EpochRecord(
      epoch: state.epoch + 1, trainLoss: state.lossSum / Double(state.imagesSeen),
      validationLoss: result.held?.loss, seconds: state.seconds + seconds,
      imagesPerSecond: state.seconds > 0 ? Double(state.imagesSeen) / state.seconds : 0)
    state.history.append(record)
    if parts.validation.isTabled, let held = result.held {
      state.validations.append(
        ValidationRecord(
          step: state.step, images: state.seen, learningRate: adam.learningRate,
          trainLoss: record.trainLoss, simulatedLoss: held.loss, simulatedIoU: held.iou,
          simulatedAveragePrecision: held.averagePrecision, real: result.real))
    }
    (state.lossSum, state.imagesSeen, state.seconds) = (0, 0, 0)
    guard parts.keep.choice != .every, let loss = record.validationLoss,
      loss < state.bestLoss ?? .infinity
    else { return (record, false) }
    state.bestLoss = loss
    state.bestEpoch = record.epoch
    if parts.keep.choice == .best { unsavedBest = measuredWeights }
    return (record, true)
  }

  /// The epoch whose weights are kept, where it is known by its validation loss.
  var keptEpoch: Int? { parts.keep.choice == .best ? state.bestEpoch : nil }

  /// The weights to keep if the run ended here; none where they are on disk already, and before the first
  /// step.
  var weightsToSave: StateDict? {
    guard state.step > 0 else { return nil }
    if keptEpoch != nil { return unsavedBest }
    return savedStep == state.step ? nil : measuredWeights
  }

  /// Notes that `weightsToSave` are on disk.
  func weightsAreSaved() { (unsavedBest, savedStep) = (nil, state.step) }

  /// The mean of the weights where that is kept and there is one, else the weights themselves.
  var measured: ParameterStore { average?.parameters ?? parameters }

  private var measuredWeights: StateDict { measured.stateDict }

  /// Takes up where a checkpoint was written.
  ///
  /// - Throws: `TrainingError.checkpoint` where it is of other settings, images or another network.
  func restore(_ checkpoint: Checkpoint) throws(TrainingError) {
    if let fault = parts.settings.mismatch(with: checkpoint.settings) { throw .checkpoint(fault) }
    let trained = parameters.paths.filter { parameters.isTrained($0) }
    do {
      try parameters.load(checkpoint.weights)
    } catch {
      throw .checkpoint(.weights(error))
    }
    if let fault = checkpoint.fault(for: parts.length, trained: trained) {
      throw .checkpoint(fault)
    }
    try average?.restore(checkpoint.average, like: parameters)
    // A run of the version before has none there, and ends as it would have.
    start = checkpoint.start.tensors.isEmpty ? nil : checkpoint.start.part(known: parameters)
    adam.state = checkpoint.adam
    state = checkpoint.state
    queue?.close()
    queue = nil
  }

  var checkpoint: Checkpoint {
    Checkpoint(
      settings: parts.settings, state: state, weights: parameters.stateDict, adam: adam.state,
      average: average?.value ?? WeightAverage(), start: start ?? StateDict())
  }

  /// The next step's images, made ahead from the first step of this loop on.
  private func nextBatch() -> Batch {
    if let queue { return queue.next() }
    var source = parts.source(generator)
    source.skip(state.step)
    let queue = BatchQueue(source, threads: max(1, pool.threads / 4))
    self.queue = queue
    return queue.next()
  }
}

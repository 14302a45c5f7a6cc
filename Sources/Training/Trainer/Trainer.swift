import Basics
import Autograd
import Imaging
import Kernels
import Networks
import Project
import Recipes
import Weights

/// Trains one network, a step at a time, on the thread that made it.
///
/// The same recipe, crops, starting weights and thread count give the same bits, and so does going
/// on from a checkpoint.
final class Trainer<Network: SegmentationNetwork> {
  /// The settings.
  let recipe: Recipe
  /// Which weights are kept at the end.
  let kept: KeptWeights
  /// Its steps and epochs.
  let length: RunLength
  /// Where the run stands.
  private(set) var state: TrainerState
  /// The weights of the lowest validation loss that are not saved yet.
  private(set) var unsavedBest: StateDict?

  let parameters: ParameterStore
  let adam: Adam
  /// The mean of the weights over the run or its end, where that is what is kept.
  let average = AveragedWeights()
  private let network: Network
  private let training: [Crop]
  private let validation: [Crop]
  private let pool: ThreadPool
  private let memory = WorkingMemory()
  private var steps: BatchQueue<TrainingSteps>?
  private let schedule: LearningRateSchedule
  private var passes: [PassKey: TrainingPass] = [:]

  /// Prepares to train from PyTorch's initialisation by the recipe's seed, or from given weights.
  ///
  /// - Throws: `TrainingError` where the recipe does not suit the network, there are no crops, or
  ///   the weights are of another network.
  init(
    _ recipe: Recipe, network: Network, training: [Crop], validation: [Crop],
    start: StateDict?, threads: Int
  ) throws(TrainingError) {
    try recipe.check(for: network, images: training.count)
    self.recipe = recipe
    self.network = network
    self.training = training
    self.validation = validation
    length = RunLength(recipe, trainingImages: training.count)
    kept = KeptWeights(recipe, validates: !validation.isEmpty)
    pool = ThreadPool(threads: threads)
    var generator = SeededGenerator(seed: recipe.seed)
    parameters = ParameterStore(
      for: TrainingPass.graph(
        of: network, count: recipe.imagesPerStep(labels: training.count), side: recipe.size,
        mode: Graph.Mode(recipe.fineTuning.batchNorm)),
      using: &generator)
    if let start {
      do {
        try parameters.begin(with: start)
      } catch {
        throw .weights(error.description)
      }
    }
    schedule = LearningRateSchedule(
      peak: recipe.learningRate, warmup: recipe.fineTuning.warmup,
      steps: length.steps, shape: recipe.fineTuning.schedule)
    adam = Adam(
      parameters: parameters, learningRate: recipe.learningRate, pool: pool,
      rateShare: { recipe.fineTuning.rateShare(encoderDepth: network.encoderDepth(of: $0)) })
    state = TrainerState(
      recipe: recipe, samples: PixelDigest(of: training).text + PixelDigest(of: validation).text,
      sampler: BatchSampler(count: training.count, batch: recipe.labelledPerStep),
      generator: generator)
  }

  deinit { steps?.close() }

  /// Whether all epochs are done.
  var isDone: Bool { state.epoch >= length.epochs }

  /// Whether the last step of an epoch is done and `finishEpoch` has not been called.
  var isEpochDone: Bool { state.imagesSeen > 0 && state.step >= length.steps(in: state.epoch + 1) }

  /// Does one step: draws a batch, augments it, and moves the weights down the gradient.
  ///
  /// - Throws: `TrainingError.notFinite` before the weights are touched by it.
  /// - Precondition: neither the run nor the epoch in hand is done.
  func step() throws(TrainingError) -> StepRecord {
    precondition(!isDone && !isEpochDone, "step \(state.step + 1) after the end")
    let batch = nextBatch()
    adam.learningRate = schedule.rate(at: state.step)
    let loss = try pass(for: batch.count, learns: true, parameters)
      .descend(batch, adam, step: state.step + 1)
    state.step += 1
    state.lossSum += loss * Double(batch.count)
    state.imagesSeen += batch.count
    if averages, state.step > stepsBeforeAverage {
      average.add(parameters, decay: recipe.fineTuning.ema, pool: pool)
    }
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

  /// The mean loss over the validation images, by the running statistics; none without any.
  ///
  /// It is that of the averaged weights, where those are kept and there are any.
  ///
  /// - Throws: `TrainingError.notFinite` where it is no number.
  func validationLoss() throws(TrainingError) -> Double? {
    guard !validation.isEmpty else { return nil }
    var sum = 0.0
    for start in stride(from: 0, to: validation.count, by: recipe.batch) {
      let crops = Array(validation[start..<min(start + recipe.batch, validation.count)])
      let pass = pass(for: crops.count, learns: false, keptAverage ?? parameters)
      let loss = pass.forward(Batch(crops))
      guard loss.isFinite else {
        throw .notFinite(step: state.step, place: pass.placeOfBreakdown)
      }
      sum += loss * Double(crops.count)
    }
    return sum / Double(validation.count)
  }

  /// Closes the epoch in hand.
  ///
  /// - Parameters:
  ///   - validationLoss: what `validationLoss()` gave.
  ///   - seconds: how long that took.
  /// - Returns: the epoch's line, and whether its validation loss is the lowest so far.
  /// - Precondition: the epoch's last step is done.
  func finishEpoch(validationLoss: Double?, seconds: Double) -> (
    record: EpochRecord, isBest: Bool
  ) {
    precondition(isEpochDone, "epoch \(state.epoch + 1) is not done")
    let record = EpochRecord(
      epoch: state.epoch + 1, trainLoss: state.lossSum / Double(state.imagesSeen),
      validationLoss: validationLoss, seconds: state.seconds + seconds,
      imagesPerSecond: state.seconds > 0 ? Double(state.imagesSeen) / state.seconds : 0)
    state.epoch += 1
    state.history.append(record)
    state.lossSum = 0
    state.imagesSeen = 0
    state.seconds = 0
    guard let validationLoss, validationLoss < state.bestLoss ?? .infinity else {
      return (record, false)
    }
    state.bestLoss = validationLoss
    state.bestEpoch = record.epoch
    if kept == .best { unsavedBest = currentWeights }
    return (record, true)
  }

  /// Notes that the best weights are on disk.
  func bestIsSaved() { unsavedBest = nil }

  /// Takes up where a checkpoint was written.
  ///
  /// - Throws: `TrainingError.checkpoint` where it is of other settings, images or another network.
  func restore(_ checkpoint: Checkpoint<TrainerState>) throws(TrainingError) {
    guard checkpoint.state.recipe == recipe else {
      throw .checkpoint("its recipe has other settings")
    }
    guard checkpoint.state.samples == state.samples else {
      throw .checkpoint("the labelled images or their masks have changed")
    }
    do {
      try parameters.load(checkpoint.weights, strict: true)
    } catch {
      throw .checkpoint(error.description)
    }
    adam.state = checkpoint.adam
    try average.restore(checkpoint.average, like: parameters)
    state = checkpoint.state
    steps?.close()
    steps = nil
  }

  /// All that is needed to go on from here.
  var checkpoint: Checkpoint<TrainerState> {
    Checkpoint(
      state: state, weights: parameters.stateDict, adam: adam.state, average: average.value)
  }

  /// The weights to keep if the run ended here; none where the best are on disk already.
  var finalWeights: StateDict? {
    switch kept {
    case .best where state.bestEpoch != nil: unsavedBest
    case .best, .averaged, .last: currentWeights
    }
  }

  /// The mean of the weights where that is kept and there is one, else the weights themselves.
  private var currentWeights: StateDict { (keptAverage ?? parameters).stateDict }

  private var averages: Bool {
    kept == .averaged || (kept == .best && recipe.fineTuning.ema > 0)
  }

  private var keptAverage: ParameterStore? { averages ? average.parameters : nil }

  private var stepsBeforeAverage: Int {
    guard recipe.fineTuning.ema == 0 else { return 0 }
    return length.steps - (length.steps + 4) / 5
  }

  /// The images of the step, made ahead from the first step of this trainer on.
  private func nextBatch() -> Batch {
    let queue =
      steps
      ?? BatchQueue(
        TrainingSteps(recipe, training: training, after: state), from: state.step, ahead: 3)
    steps = queue
    let made = queue.next()
    state.sampler = made.order.sampler
    state.generator = made.order.generator
    return Batch(made.crops)
  }

  private func pass(for count: Int, learns: Bool, _ parameters: ParameterStore) -> TrainingPass {
    let key = PassKey(count: count, learns: learns, parameters: ObjectIdentifier(parameters))
    if let pass = passes[key] { return pass }
    let pass = TrainingPass(
      network, loss: LossSettings(recipe), count: count, side: recipe.size,
      mode: learns ? Graph.Mode(recipe.fineTuning.batchNorm) : .evaluation, learns: learns,
      parameters: parameters, pool: pool, memory: memory)
    passes[key] = pass
    return pass
  }

  /// What tells the passes of a network from each other.
  private struct PassKey: Hashable {
    let count: Int
    let learns: Bool
    let parameters: ObjectIdentifier
  }
}

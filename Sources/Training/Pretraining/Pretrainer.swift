import Basics
import Autograd
import Foundation
import Imaging
import Kernels
import Networks
import Project
import Recipes
import Weights

/// Trains one network on batches of several sizes, a step at a time, and keeps a running mean of its
/// weights, which is what is measured and exported.
///
/// The same settings, batches, starting weights and thread count give the same bits, and so does going
/// on from a checkpoint.
final class Pretrainer<Network: SegmentationNetwork> {
  /// The settings.
  let settings: PretrainingSettings
  /// Where the pretraining stands.
  private(set) var state: PretrainingState
  /// The weights that move.
  let parameters: ParameterStore
  /// The running mean of weights and statistics.
  let average: ParameterStore

  private let adam: Adam
  private let schedule: LearningRateSchedule
  private let network: Network
  private let pool: ThreadPool
  private let memory = WorkingMemory()
  private var passes: [PassKey: TrainingPass] = [:]

  /// Prepares to train from PyTorch's initialisation by the seed, or from given weights.
  ///
  /// - Throws: `TrainingError` where the settings do not suit the network or the weights are of another.
  init(
    _ settings: PretrainingSettings, network: Network, start: StateDict?, threads: Int
  ) throws(TrainingError) {
    try settings.check(for: network)
    self.settings = settings
    self.network = network
    pool = ThreadPool(threads: threads)
    let side = settings.sizes.max() ?? network.smallest
    let graph = TrainingPass.graph(of: network, count: 2, side: side, mode: .training)
    func store() throws(TrainingError) -> ParameterStore {
      var generator = SeededGenerator(seed: settings.recipe.seed)
      let store = ParameterStore(for: graph, using: &generator)
      if let start {
        do {
          try store.load(start, strict: true)
        } catch {
          throw .weights(error.description)
        }
      }
      return store
    }
    parameters = try store()
    average = try store()
    adam = Adam(
      parameters: parameters, learningRate: settings.recipe.learningRate, pool: pool)
    schedule = LearningRateSchedule(
      peak: settings.recipe.learningRate, warmup: settings.warmup, steps: settings.steps,
      shape: .cosine)
    state = PretrainingState(settings)
  }

  /// Whether all steps are done.
  var isDone: Bool { state.step >= settings.steps }

  /// Whether it is time for a validation that `finishEpoch` has not noted.
  var isEpochDone: Bool {
    state.imagesSeen > 0 && (isDone || state.step.isMultiple(of: settings.validationInterval))
  }

  /// Moves the weights down the gradient of a batch.
  ///
  /// - Throws: `TrainingError.notFinite` before the weights are touched by it.
  /// - Precondition: there are steps left, and a validation is not due.
  func step(_ batch: Batch) throws(TrainingError) -> StepRecord {
    precondition(!isDone && !isEpochDone, "step \(state.step + 1) after the end")
    adam.learningRate = schedule.rate(at: state.step)
    let loss = try pass(batch.count, batch.side, learns: true)
      .descend(batch, adam, step: state.step + 1)
    state.step += 1
    state.seen += batch.count
    state.imagesSeen += batch.count
    state.lossSum += loss * Double(batch.count)
    if let share = RunningMean.share(after: state.step, decay: settings.averaging) {
      average.move(towards: parameters, by: share, pool: pool)
    }
    return StepRecord(step: state.step, epoch: state.history.count + 1, loss: loss)
  }

  /// Bytes that all passes run in.
  var workingBytes: Int { memory.bytes }

  /// Counts seconds of training.
  func add(seconds: Double) { state.seconds += seconds }

  /// Looks at what the last step made of the parameters.
  ///
  /// - Throws: `TrainingError.notFinite` where one is no number any more.
  func checkParameters() throws(TrainingError) {
    guard let path = parameters.firstNonFinite else { return }
    throw .notFinite(step: state.step, place: "first in the parameter \(path)")
  }

  /// The mean weights' mean loss and IoU over some images.
  ///
  /// - Throws: `TrainingError.notFinite` where the loss is no number.
  func measure(_ set: ValidationSet) throws(TrainingError) -> (loss: Double, iou: Double) {
    var (loss, iou) = (0.0, 0.0)
    for (side, crops) in Dictionary(grouping: set.crops, by: \.side).sorted(by: { $0.key < $1.key })
    {
      let count = settings.count(at: side)
      for start in stride(from: 0, to: crops.count, by: count) {
        let some = Array(crops[start..<min(start + count, crops.count)])
        let pass = pass(some.count, side, learns: false)
        let mean = pass.forward(Batch(some))
        guard mean.isFinite else {
          throw .notFinite(step: state.step, place: pass.placeOfBreakdown)
        }
        loss += mean * Double(some.count)
        iou += Self.iou(pass.lastLogits, of: some, side: side)
      }
    }
    let count = Double(max(1, set.crops.count))
    return (loss / count, iou / count)
  }

  /// The IoU of each image, summed; a pixel is cell where its probability is above a half.
  private static func iou(_ logits: [Float], of crops: [Crop], side: Int) -> Double {
    crops.enumerated().map { index, crop in
      let part = logits[index * side * side..<(index + 1) * side * side]
      return Scores(
        prediction: Mask(width: side, height: side, pixels: part.map { $0 > 0 ? 1 : 0 }),
        truth: Mask(width: side, height: side, pixels: crop.mask.map { $0 > 0.5 ? 1 : 0 })
      ).iou
    }.reduce(0, +)
  }

  /// Notes a validation.
  ///
  /// - Parameters:
  ///   - simulated: What `measure` gave on the simulated images.
  ///   - real: The same of each real set.
  ///   - seconds: How long that took.
  /// - Returns: its lines.
  /// - Precondition: it is due.
  func finishEpoch(
    simulated: (loss: Double, iou: Double), real: [ValidationRecord.SetScore], seconds: Double
  ) -> (epoch: EpochRecord, validation: ValidationRecord) {
    precondition(isEpochDone, "no validation is due at step \(state.step)")
    let trainLoss = state.lossSum / Double(state.imagesSeen)
    let epoch = EpochRecord(
      epoch: state.history.count + 1, trainLoss: trainLoss, validationLoss: simulated.loss,
      seconds: state.seconds + seconds,
      imagesPerSecond: state.seconds > 0 ? Double(state.imagesSeen) / state.seconds : 0)
    let validation = ValidationRecord(
      step: state.step, images: state.seen, learningRate: adam.learningRate, trainLoss: trainLoss,
      simulatedLoss: simulated.loss, simulatedIoU: simulated.iou, real: real)
    state.history.append(epoch)
    state.validations.append(validation)
    (state.lossSum, state.imagesSeen, state.seconds) = (0, 0, 0)
    return (epoch, validation)
  }

  /// Takes up where a checkpoint was written.
  ///
  /// - Throws: `TrainingError.checkpoint` where it is of other settings or another network.
  func restore(_ checkpoint: Checkpoint<PretrainingState>) throws(TrainingError) {
    guard checkpoint.state.settings == settings else {
      throw .checkpoint("its settings are other ones")
    }
    do {
      try parameters.load(checkpoint.weights, strict: true)
    } catch {
      throw .checkpoint(error.description)
    }
    guard checkpoint.average.count > 0 else { throw .checkpoint("its averages are missing") }
    do {
      try average.load(checkpoint.average.stateDict(like: parameters), strict: true)
    } catch {
      throw .checkpoint(error.description)
    }
    adam.state = checkpoint.adam
    state = checkpoint.state
  }

  /// All that is needed to go on from here.
  var checkpoint: Checkpoint<PretrainingState> {
    Checkpoint(
      state: state, weights: parameters.stateDict, adam: adam.state,
      average: WeightAverage(count: 1, means: average.paths.map { average[$0] }))
  }

  private func pass(_ count: Int, _ side: Int, learns: Bool) -> TrainingPass {
    let key = PassKey(count: count, side: side, learns: learns)
    if let pass = passes[key] { return pass }
    let pass = TrainingPass(
      network, loss: LossSettings(settings.recipe), count: count, side: side,
      mode: learns ? .training : .evaluation, learns: learns,
      parameters: learns ? parameters : average, pool: pool, memory: memory)
    passes[key] = pass
    return pass
  }

  /// What tells the passes of a network from each other.
  private struct PassKey: Hashable {
    let count: Int
    let side: Int
    let learns: Bool
  }
}

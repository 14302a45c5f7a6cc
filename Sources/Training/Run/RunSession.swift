import Foundation
import Networks
import Project
import Recipes
import Weights

/// A run on its thread: epochs and steps, files, reports.
struct RunSession {
  /// Where the files go.
  let folder: RunFolder
  /// What other threads ask.
  let control: RunControl
  /// Takes the reports.
  let report: (RunEvent) -> Void

  private let clock = ContinuousClock()

  init(folder: RunFolder, control: RunControl, report: @escaping (RunEvent) -> Void) {
    self.folder = folder
    self.control = control
    self.report = report
  }

  /// Trains the network that the settings name, to the end or until told to stop.
  ///
  /// - Throws: `TrainingError` after the last good weights were written.
  func run(_ order: some RunOrder) throws(TrainingError) -> RunOutcome {
    try run(order, network: order.architecture)
  }

  /// Trains any network to the end or until told to stop.
  ///
  /// - Throws: `TrainingError` after the last good weights were written.
  @discardableResult
  func run(
    _ order: some RunOrder, network: some SegmentationNetwork
  ) throws(TrainingError) -> RunOutcome {
    let job = try order.job(of: network, in: folder)
    if order.resumes { try refuseFinished(job.parts.schedule.length) }
    let loop = try TrainingLoop(
      job.parts, network: network, start: order.start, threads: order.threads)
    if order.resumes { try loop.restore(Checkpoint.read(from: folder.checkpointFile)) }
    try begin(job, loop.state)
    do {
      return try train(loop, checkpointInterval: order.checkpointInterval)
    } catch .notFinite(let step, let place, _) {
      let isKept = (try? keepGoodWeights(of: loop, afterBreakdown: true)) ?? false
      throw .notFinite(step: step, place: place, isKept: isKept)
    } catch {
      _ = try? keepGoodWeights(of: loop, afterBreakdown: false)
      throw error
    }
  }

  private func refuseFinished(_ length: RunLength) throws(TrainingError) {
    guard !hasCheckpoint, folder.hasWeights, let epochs = try? folder.history().count,
      epochs >= length.epochs
    else { return }
    throw .checkpoint(.finished)
  }

  private var hasCheckpoint: Bool {
    FileManager.default.fileExists(atPath: folder.checkpointFile.path)
  }

  /// Writes and reports what is known before the first step.
  private func begin(
    _ job: RunJob<some BatchSource>, _ state: LoopState
  ) throws(TrainingError) {
    let settings = job.parts.settings
    folder.removeLeftovers()
    try put { () throws(ProjectError) in
      if case .pretraining(let settings) = settings { try folder.write(settings) }
      try folder.write(settings.recipe)
      if let split = job.split { try folder.write(split) }
      try folder.write(state.history)
      if job.parts.validation.isTabled { try folder.write(state.validations) }
    }
    report(
      .started(
        RunPlan(
          folder: folder.url, recipe: settings.recipe, training: job.training,
          validation: job.validation, length: job.parts.schedule.length, stepsDone: state.step,
          history: state.history)))
  }

  private func train(
    _ loop: TrainingLoop<some BatchSource, some SegmentationNetwork>, checkpointInterval: Double
  ) throws(TrainingError) -> RunOutcome {
    var throttle = Throttle(shortest: checkpointInterval, from: clock.now)
    while !loop.isDone {
      waitIfAsked()
      if control.stop == .now { break }
      try step(loop)
      if loop.isEpochDone {
        try endEpoch(loop)
        if control.stop != nil { break }
      }
      let start = clock.now
      if !loop.isDone, throttle.allows(start) {
        try save(loop)
        throttle.note(from: start, to: clock.now)
      }
    }
    try writeWeights(of: loop)
    if loop.isDone {
      // A finished run is not gone on with, and half a gigabyte a run would soon fill the disk.
      folder.removeCheckpoint()
    } else if loop.state.step > 0 {
      try save(loop)
    }
    let outcome = RunOutcome(
      epochs: loop.state.epoch, bestEpoch: loop.keptEpoch, wasStopped: !loop.isDone,
      weights: loop.state.step > 0 ? folder.weightsFile : nil)
    report(.finished(outcome))
    return outcome
  }

  private func step(
    _ loop: TrainingLoop<some BatchSource, some SegmentationNetwork>
  ) throws(TrainingError) {
    let start = clock.now
    let record = try loop.step()
    loop.add(seconds: start.duration(to: clock.now).seconds)
    report(.step(record))
  }

  /// Measures what an epoch has made of the weights, and writes it down.
  private func endEpoch(
    _ loop: TrainingLoop<some BatchSource, some SegmentationNetwork>
  ) throws(TrainingError) {
    let start = clock.now
    try loop.checkParameters()
    let (record, isBest) = loop.finishEpoch(
      try loop.validate(), seconds: start.duration(to: clock.now).seconds)
    if loop.parts.keep.choice == .every { try writeWeights(of: loop) }
    try put { () throws(ProjectError) in try folder.append(record) }
    if loop.parts.validation.isTabled, let validation = loop.state.validations.last {
      try put { () throws(ProjectError) in try folder.write(loop.state.validations) }
      report(.validated(validation))
    }
    report(.epoch(record, isBest: isBest))
  }

  private func waitIfAsked() {
    guard control.isHeld else { return }
    report(.paused)
    control.waitWhileHeld()
    report(.resumed)
  }

  /// The best weights first, so that a checkpoint never names best weights that are not there.
  private func save(
    _ loop: TrainingLoop<some BatchSource, some SegmentationNetwork>
  ) throws(TrainingError) {
    try loop.checkParameters()
    if loop.keptEpoch != nil { try writeWeights(of: loop) }
    let checkpoint = try loop.checkpoint.stateDict()
    try put { () throws(ProjectError) in
      try folder.writeCheckpoint(Safetensors.pieces(of: checkpoint))
    }
  }

  private func writeWeights(
    of loop: TrainingLoop<some BatchSource, some SegmentationNetwork>
  ) throws(TrainingError) {
    guard let weights = loop.weightsToSave else { return }
    try write(weights, of: loop)
    loop.weightsAreSaved()
  }

  private func write(
    _ weights: StateDict, of loop: TrainingLoop<some BatchSource, some SegmentationNetwork>
  ) throws(TrainingError) {
    let recipe = loop.parts.settings.recipe
    var weights = weights
    weights.metadata =
      WeightsNote(
        architecture: recipe.architecture, size: recipe.size,
        epoch: loop.keptEpoch ?? loop.state.epoch, seed: recipe.seed
      ).metadata
    try put { () throws(ProjectError) in try folder.writeWeights(Safetensors.pieces(of: weights)) }
  }

  private func put(_ write: () throws(ProjectError) -> Void) throws(TrainingError) {
    do {
      try write()
    } catch {
      throw .file(error)
    }
  }

  /// Writes the last weights that can be used.
  ///
  /// After a breakdown: the best weights, else those of the last checkpoint, which stays, else those in
  /// hand, if they are numbers; after another trouble those in hand before the checkpoint's. Where every
  /// epoch's are written, the last of them stay.
  ///
  /// - Returns: whether there are any.
  private func keepGoodWeights(
    of loop: TrainingLoop<some BatchSource, some SegmentationNetwork>, afterBreakdown: Bool
  ) throws -> Bool {
    if loop.parts.keep.choice == .every, folder.hasWeights { return true }
    let inHand = loop.weightsToSave
    if loop.keptEpoch != nil, inHand == nil { return true }
    let isGood = inHand?.isFinite == true
    if hasCheckpoint, loop.keptEpoch == nil, afterBreakdown || !isGood {
      try write(Checkpoint.read(from: folder.checkpointFile).measured, of: loop)
      return true
    }
    guard isGood, let inHand else { return false }
    try write(inHand, of: loop)
    return true
  }
}

extension StateDict {
  /// Whether every value is a number.
  fileprivate var isFinite: Bool {
    tensors.allSatisfy { $0.values.allSatisfy(\.isFinite) }
  }
}

import Foundation
import Project
import Recipes
import Weights

/// A run on its thread: epochs and steps, files, reports.
struct RunSession<Source: BatchSource, Network: SegmentationNetwork> {
  let folder: RunFolder
  /// What other threads ask.
  let control: RunControl
  let report: (RunEvent) -> Void

  private let job: RunJob<Source>
  private let loop: TrainingLoop<Source, Network>
  private let checkpointInterval: Double
  private let clock = ContinuousClock()

  /// Prepares a run, or takes it up where its last checkpoint was written.
  ///
  /// - Throws: `TrainingError` where it cannot be done.
  init(
    _ order: some RunOrder<Source>, network: Network, folder: RunFolder, control: RunControl,
    report: @escaping (RunEvent) -> Void
  ) throws(TrainingError) {
    (self.folder, self.control, self.report) = (folder, control, report)
    checkpointInterval = order.checkpointInterval
    job = try order.job(of: network, in: folder)
    if order.resumes, !folder.hasCheckpoint, folder.hasWeights,
      let epochs = try? folder.history().count, epochs >= job.parts.length.epochs
    {
      throw .checkpoint(.finished)
    }
    loop = try TrainingLoop(job.parts, network: network, start: order.start, threads: order.threads)
    if order.resumes { try loop.restore(Checkpoint.read(from: folder.checkpointFile)) }
  }

  /// Trains to the end or until told to stop.
  ///
  /// - Throws: `TrainingError` after the last good weights were written.
  func run() throws(TrainingError) -> RunOutcome {
    try begin()
    do {
      return try train()
    } catch .notFinite(let step, let place, _) {
      let isKept = (try? keepGoodWeights(afterBreakdown: true)) ?? false
      throw .notFinite(step: step, place: place, isKept: isKept)
    } catch {
      _ = try? keepGoodWeights(afterBreakdown: false)
      throw error
    }
  }

  /// Writes and reports what is known before the first step.
  private func begin() throws(TrainingError) {
    let (settings, state) = (job.parts.settings, loop.state)
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
          validation: job.validation, length: job.parts.length, stepsDone: state.step,
          history: state.history)))
  }

  private func train() throws(TrainingError) -> RunOutcome {
    var throttle = Throttle(shortest: checkpointInterval, from: clock.now)
    while !loop.isDone {
      waitIfAsked()
      if control.stop == .now { break }
      try step()
      if loop.isEpochDone {
        try endEpoch()
        if control.stop != nil { break }
      }
      let start = clock.now
      if !loop.isDone, throttle.allows(start) {
        try save()
        throttle.note(from: start, to: clock.now)
      }
    }
    try writeWeights()
    if loop.isDone {
      // A finished run is not gone on with, and half a gigabyte a run would soon fill the disk.
      folder.removeCheckpoint()
    } else if loop.state.step > 0 {
      try save()
    }
    let outcome = RunOutcome(
      epochs: loop.state.epoch, bestEpoch: loop.keptEpoch, wasStopped: !loop.isDone,
      weights: loop.state.step > 0 ? folder.weightsFile : nil)
    report(.finished(outcome))
    return outcome
  }

  private func step() throws(TrainingError) {
    let start = clock.now
    let record = try loop.step()
    loop.add(seconds: start.duration(to: clock.now) / .seconds(1))
    report(.step(record))
  }

  /// Measures what an epoch has made of the weights, and writes it down.
  private func endEpoch() throws(TrainingError) {
    let start = clock.now
    try loop.checkParameters()
    let (record, isBest) = loop.finishEpoch(
      try loop.validate(), seconds: start.duration(to: clock.now) / .seconds(1))
    if job.parts.keep.choice == .every { try writeWeights() }
    try put { () throws(ProjectError) in try folder.append(record) }
    if let validation = loop.state.validations.last {
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
  private func save() throws(TrainingError) {
    try loop.checkParameters()
    if loop.keptEpoch != nil { try writeWeights() }
    let checkpoint = try loop.checkpoint.stateDict()
    try put { () throws(ProjectError) in
      try folder.writeCheckpoint(Safetensors.pieces(of: checkpoint))
    }
  }

  private func writeWeights() throws(TrainingError) {
    guard let weights = loop.weightsToSave else { return }
    try write(weights)
    loop.weightsAreSaved()
  }

  private func write(_ weights: StateDict) throws(TrainingError) {
    let recipe = job.parts.settings.recipe
    let note = WeightsNote(
      architecture: recipe.architecture, size: recipe.size,
      epoch: loop.keptEpoch ?? loop.state.epoch, seed: recipe.seed)
    var weights = weights
    weights.metadata = note.metadata
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
  private func keepGoodWeights(afterBreakdown: Bool) throws -> Bool {
    if job.parts.keep.choice == .every, folder.hasWeights { return true }
    let inHand = loop.weightsToSave
    if loop.keptEpoch != nil, inHand == nil { return true }
    let isGood = inHand?.isFinite == true
    if folder.hasCheckpoint, loop.keptEpoch == nil, afterBreakdown || !isGood {
      try write(Checkpoint.read(from: folder.checkpointFile).measured)
      return true
    }
    guard isGood, let inHand else { return false }
    try write(inHand)
    return true
  }
}

extension RunFolder {
  fileprivate var hasCheckpoint: Bool {
    FileManager.default.fileExists(atPath: checkpointFile.path)
  }
}

extension StateDict {
  /// Whether every value is a number.
  fileprivate var isFinite: Bool {
    tensors.allSatisfy { $0.values.allSatisfy(\.isFinite) }
  }
}

import Files
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
  let report: (Progress) -> Void

  let clock = ContinuousClock()

  init(folder: RunFolder, control: RunControl, report: @escaping (Progress) -> Void) {
    self.folder = folder
    self.control = control
    self.report = report
  }

  /// Trains the network that the recipe names.
  ///
  /// - Throws: `TrainingError` after the last good weights were written.
  func run(_ order: RunOrder) throws(TrainingError) {
    guard let network = Architecture(rawValue: order.recipe.architecture) else {
      throw .architecture(order.recipe.architecture)
    }
    try RunPlanner.check(order.recipe, labels: order.samples.count)
    try run(order, network: network)
  }

  /// Trains to the end or until told to stop.
  ///
  /// - Throws: `TrainingError` after the last good weights were written.
  func run(_ order: RunOrder, network: some SegmentationNetwork) throws(TrainingError) {
    let recipe = order.recipe
    try recipe.check(for: network, images: order.samples.count)
    // A run goes on with the split that it began with, whatever that was drawn from.
    let begun = order.resumes ? try? folder.split() : nil
    let split = HeldOut(
      order.samples.map(\.key), share: recipe.validation, seed: recipe.seed,
      given: order.split ?? begun, past: order.past)
    let crops = Dictionary(
      order.samples.map { ($0.key, $0.crop) }, uniquingKeysWith: { $1 })
    if order.resumes {
      let length = RunLength(recipe, trainingImages: split.training.count)
      try refuseFinished(epochs: length.epochs)
    }
    let trainer = try Trainer(
      recipe, network: network, training: split.training.compactMap { crops[$0] },
      validation: split.validation.compactMap { crops[$0] }, start: order.start,
      threads: order.threads)
    if order.resumes { try trainer.restore(Checkpoint.read(from: folder.checkpointFile)) }
    let summary = RunSummary(
      folder: folder.url, recipe: recipe, training: split.training,
      validation: split.validation, length: trainer.length,
      stepsDone: trainer.state.step, history: trainer.state.history)
    try begin(summary, past: order.past ?? begun)
    report(.started(summary))
    do {
      try train(trainer)
    } catch .notFinite(let step, let place, _) {
      let isKept = (try? keepGoodWeights(of: trainer, afterBreakdown: true)) ?? false
      throw .notFinite(step: step, place: place, isKept: isKept)
    } catch {
      _ = try? keepGoodWeights(of: trainer, afterBreakdown: false)
      throw error
    }
  }

  func refuseFinished(epochs wanted: Int) throws(TrainingError) {
    let files = FileManager.default
    guard !files.fileExists(atPath: folder.checkpointFile.path), folder.hasWeights,
      let epochs = try? folder.history().count, epochs >= wanted
    else { return }
    throw .checkpoint("it is finished, nothing is left to do")
  }

  /// Writes what is known before the first step.
  ///
  /// The split names the images of the past too, so that the newest run's tells what its weights have
  /// ever seen.
  private func begin(_ summary: RunSummary, past: Split?) throws(TrainingError) {
    folder.removeLeftovers()
    var split = past ?? Split()
    for key in summary.training { split.parts[key] = .train }
    for key in summary.validation { split.parts[key] = .validation }
    try put { () throws(ProjectError) in
      try folder.write(summary.recipe)
      try folder.write(split)
      try folder.write(summary.history)
    }
  }

  private func train(_ trainer: Trainer<some SegmentationNetwork>) throws(TrainingError) {
    var throttle = Throttle(shortest: 20, from: clock.now)
    while !trainer.isDone {
      guard try trainEpoch(trainer) else { break }
      let start = clock.now
      let isLast = trainer.isDone || control.stop != nil
      if !isLast, throttle.allows(start) {
        try save(trainer)
        throttle.note(from: start, to: clock.now)
      }
      if control.stop != nil { break }
    }
    // A finished run is not gone on with, and half a gigabyte a run would soon fill the disk.
    guard trainer.isDone else {
      try save(trainer)
      return try finish(trainer)
    }
    try finish(trainer)
    folder.removeCheckpoint()
  }

  /// Goes through the rest of the epoch in hand; false when told to stop at once.
  private func trainEpoch(
    _ trainer: Trainer<some SegmentationNetwork>
  ) throws(TrainingError) -> Bool {
    while !trainer.isEpochDone {
      waitIfAsked()
      if control.stop == .now { return false }
      let start = clock.now
      let record = try trainer.step()
      trainer.add(seconds: start.duration(to: clock.now).seconds)
      report(.step(record))
    }
    let start = clock.now
    try trainer.checkParameters()
    let loss = try trainer.validationLoss()
    let (record, isBest) = trainer.finishEpoch(
      validationLoss: loss, seconds: start.duration(to: clock.now).seconds)
    try put { () throws(ProjectError) in try folder.append(record) }
    report(.epoch(record, isBest: isBest))
    return true
  }

  func waitIfAsked() {
    guard control.isHeld else { return }
    report(.paused)
    control.waitWhileHeld()
    report(.resumed)
  }

  /// The best weights first, so that a checkpoint never names best weights that are not there.
  private func save(_ trainer: Trainer<some SegmentationNetwork>) throws(TrainingError) {
    guard trainer.state.step > 0 else { return }
    if trainer.kept == .best, trainer.state.bestEpoch != nil, let best = trainer.finalWeights {
      try write(best, of: trainer)
      trainer.bestIsSaved()
    }
    try put(trainer.checkpoint.stateDict(), to: folder.checkpointFile)
  }

  private func finish(_ trainer: Trainer<some SegmentationNetwork>) throws(TrainingError) {
    if trainer.state.step > 0, let weights = trainer.finalWeights {
      try write(weights, of: trainer)
    }
    report(
      .finished(
        RunOutcome(
          epochs: trainer.state.epoch,
          bestEpoch: trainer.kept == .best ? trainer.state.bestEpoch : nil,
          wasStopped: !trainer.isDone, weights: trainer.state.step > 0 ? folder.weightsFile : nil)))
  }

  private func write(
    _ weights: StateDict, of trainer: Trainer<some SegmentationNetwork>
  ) throws(TrainingError) {
    var weights = weights
    let epoch = trainer.kept == .best ? trainer.state.bestEpoch : nil
    weights.metadata =
      WeightsNote(
        architecture: trainer.recipe.architecture, size: trainer.recipe.size,
        epoch: epoch ?? trainer.state.epoch, seed: trainer.recipe.seed
      ).metadata
    try put(weights, to: folder.weightsFile)
  }

  func put(_ state: StateDict, to file: URL) throws(TrainingError) {
    try put { () throws(FileError) in
      try AtomicWrite.write(Safetensors.pieces(of: state), to: file)
    }
  }

  func put<Refusal: Error>(_ write: () throws(Refusal) -> Void) throws(TrainingError) {
    do {
      try write()
    } catch {
      throw .file("\(error)")
    }
  }

  /// After a breakdown: the best weights, else those of the last checkpoint, which stays, else those in
  /// hand, if they are numbers; after another trouble those in hand before the checkpoint's.
  ///
  /// - Returns: whether there are any.
  private func keepGoodWeights(
    of trainer: Trainer<some SegmentationNetwork>, afterBreakdown: Bool
  ) throws -> Bool {
    let hasBest = trainer.kept == .best && trainer.state.bestEpoch != nil
    let inHand = trainer.state.step > 0 ? trainer.finalWeights : nil
    if hasBest, inHand == nil { return true }
    let isGood = inHand?.isFinite == true
    let hasCheckpoint = FileManager.default.fileExists(atPath: folder.checkpointFile.path)
    if hasCheckpoint, !hasBest, afterBreakdown || !isGood {
      try write(Checkpoint<TrainerState>.read(from: folder.checkpointFile).weights, of: trainer)
      return true
    }
    guard isGood, let inHand else { return false }
    try write(inHand, of: trainer)
    return true
  }
}

extension StateDict {
  /// Whether every value is a number.
  fileprivate var isFinite: Bool {
    tensors.allSatisfy { $0.values.allSatisfy(\.isFinite) }
  }
}

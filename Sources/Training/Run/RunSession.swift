import Autograd
import Files
import Foundation
import Project
import Recipes
import Weights

/// A run on its thread: epochs and steps, files, reports.
final class RunSession<Source: BatchSource, Network: SegmentationNetwork> {
  let folder: RunFolder
  /// What other threads ask.
  let control: RunControl
  let report: (RunEvent) -> Void

  private let job: RunJob<Source>
  private let loop: TrainingLoop<Source, Network>
  private let checkpointInterval: Double
  private let clock = ContinuousClock()
  /// Whether it was to be gone on with, and there is nothing to go on from.
  private let beginsAgain: Bool
  /// Where the next weights are written to.
  private var rooms: [DiskRoom] = []
  /// Whether it was told that something cannot be written for now.
  private var isBehind = false

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
    beginsAgain = order.resumes && !folder.hasCheckpoint
    if beginsAgain, let fault = folder.mismatch(with: job.parts.settings) {
      throw .checkpoint(fault)
    }
    // Who looked before saw a checkpoint, which has gone since, and brought no weights to begin with.
    if beginsAgain, order.start == nil, job.parts.settings.recipe.weights != .random {
      throw .checkpoint(.noCheckpoint)
    }
    loop = try TrainingLoop(job.parts, network: network, start: order.start, threads: order.threads)
    guard order.resumes, folder.hasCheckpoint else { return }
    do {
      try loop.restore(Checkpoint.read(from: folder.checkpointFile))
    } catch .checkpoint(let fault) where fault.isDamage {
      throw .checkpoint(
        .damaged(
          folder.checkpointFile.path, fault,
          weights: folder.hasWeights ? folder.weightsFile.path : nil))
    }
    // Weights may be newer than the checkpoint, after a kill between the two, but not older.
    if let best = loop.keptEpoch, !folder.hasWeights(from: best) {
      throw .checkpoint(.noBestWeights(epoch: best, file: folder.weightsFile.path))
    }
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
    try setRoomAside()
    var notices = [lackForCheckpoints, loop.shareNote].compactMap(\.self)
    if beginsAgain {
      var kept: String?
      try put { () throws(ProjectError) in kept = try folder.setWeightsAside() }
      notices.append(
        "'\(folder.url.path)' has no checkpoint to go on from: the run begins again from its first step"
          + (kept.map { "; its weights are kept as \($0)" } ?? ""))
    }
    folder.removeScores()
    folder.removeKeptShare()
    folder.removeCrossValidation()
    try put { () throws(ProjectError) in
      if case .pretraining(let settings) = settings { try folder.write(settings) }
      try folder.write(settings.recipe)
      if let split = job.split { try folder.write(split) }
    }
    try writeHistory()
    report(
      .started(
        RunPlan(
          folder: folder.url, recipe: settings.recipe, training: job.training,
          validation: job.validation, length: job.parts.length, stepsDone: state.step,
          history: state.history)))
    for notice in notices { report(.notice(notice)) }
  }

  /// Takes the room that the weights will need, and the scores after them, and leaves some for the small
  /// files; weights that are rewritten need theirs twice.
  private func setRoomAside() throws(TrainingError) {
    let isFirst = loop.state.step == 0 || !folder.hasWeights
    for _ in 0..<(job.parts.keep.choice != .last && isFirst ? 2 : 1) { try addRoom() }
    if let lack = DiskRoom.lack(of: 1 << 20, at: folder.url) { throw .file(.file(lack)) }
  }

  private func addRoom() throws(TrainingError) {
    try put { () throws(ProjectError) in rooms.append(try folder.room(for: loop.weightsBytes)) }
  }

  /// What is to be said where a checkpoint does not fit on the disk, beside the one before.
  private var lackForCheckpoints: String? {
    DiskRoom.lack(
      of: loop.checkpointBytes, files: folder.hasCheckpoint ? 1 : 2, at: folder.url
    ).map { "no room for checkpoints, so that the run cannot be gone on with after a kill: \($0)" }
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
        try attempt { () throws(TrainingError) in try save() }
        throttle.note(from: start, to: clock.now)
      }
    }
    let kept = try writeLastWeights()
    if isBehind { try writeHistory() }
    if loop.isDone {
      // A finished run is not gone on with, and half a gigabyte a run would soon fill the disk.
      folder.removeCheckpoint()
    } else if loop.state.step > 0 {
      try save()
    }
    let outcome = RunOutcome(
      epochs: loop.state.epoch, bestEpoch: loop.keptEpoch, wasStopped: !loop.isDone,
      weights: loop.state.step > 0 ? folder.weightsFile : nil, kept: kept)
    report(.finished(outcome))
    return outcome
  }

  /// Writes what can be written later too; where that fails it is told, once, and the run goes on.
  private func attempt(_ write: () throws(TrainingError) -> Void) throws(TrainingError) {
    do throws(TrainingError) {
      try write()
    } catch {
      guard case .file(let reason) = error else { throw error }
      if !isBehind { report(.notice("\(reason); the run goes on and tries it again later")) }
      isBehind = true
    }
  }

  private func writeHistory() throws(TrainingError) {
    try put { () throws(ProjectError) in
      try folder.write(loop.state.history)
      if job.parts.validation.isTabled { try folder.write(loop.state.validations) }
    }
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
    let validation = loop.state.validations.last
    try attempt { () throws(TrainingError) in
      if job.parts.keep.choice == .every { try writeWeights() }
      guard !isBehind else { return try writeHistory() }
      try put { () throws(ProjectError) in
        try folder.append(record)
        if validation != nil { try folder.write(loop.state.validations) }
      }
    }
    if let validation { report(.validated(validation)) }
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
    // What cannot fit must not fill the disk in the attempt: others write to it too.
    if let lack = DiskRoom.lack(of: loop.checkpointBytes, at: folder.url) {
      throw .file(.file(lack))
    }
    let checkpoint = try loop.checkpoint.stateDict()
    try put { () throws(ProjectError) in
      try folder.writeCheckpoint(Safetensors.sealedPieces(of: checkpoint))
    }
    if isBehind { try writeHistory() }
    isBehind = false
  }

  private func writeWeights() throws(TrainingError) {
    guard let weights = loop.weightsToSave else { return }
    try write(weights)
    loop.weightsAreSaved()
  }

  /// Writes the weights that the run ends with: of what it has learnt as much as is to be kept, which it returns where
  /// that is a question.
  ///
  /// The record of it goes first, as a run that has its last weights is done. A checkpoint has what was learnt itself, so
  /// that a run that is killed here comes to the same end; one that is to stop at once keeps all.
  private func writeLastWeights() throws(TrainingError) -> KeptShare? {
    guard loop.isDone || control.stop != .now, let kept = loop.keptShare(on: job.unlabelled),
      let weights = loop.weightsToSave(keeping: kept)
    else {
      try writeWeights()
      return nil
    }
    try put { () throws(ProjectError) in try folder.write(kept) }
    try write(weights)
    loop.weightsAreSaved()
    return kept
  }

  private func write(_ weights: StateDict) throws(TrainingError) {
    let recipe = job.parts.settings.recipe
    let note = WeightsNote(
      architecture: recipe.architecture, size: recipe.size,
      referenceSide: recipe.referenceSide, epoch: loop.keptEpoch ?? loop.state.epoch,
      seed: recipe.seed,
      objects: recipe.objects, percentiles: recipe.percentiles,
      asksSecondOpinion: SecondOpinion.isFor(recipe, labels: job.training.count))
    var weights = weights
    weights.metadata = note.metadata
    let room = rooms.popLast()
    try put { () throws(ProjectError) in
      try folder.writeWeights(Safetensors.sealedPieces(of: weights), into: room)
    }
    // Where others are to follow, the file that this one took the place of has left its room.
    if rooms.isEmpty, job.parts.keep.choice != .last { try? addRoom() }
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
  /// epoch's are written, the last of them stay; and so do those that are on disk already.
  ///
  /// - Returns: whether there are any.
  private func keepGoodWeights(afterBreakdown: Bool) throws -> Bool {
    if job.parts.keep.choice == .every, folder.hasWeights { return true }
    let inHand = loop.weightsToSave
    if inHand == nil, loop.keptEpoch != nil || loop.state.step > 0 && !afterBreakdown {
      return true
    }
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

extension TrainingLoop {
  /// Bytes of a file of its weights, with what is written of their names.
  fileprivate var weightsBytes: Int {
    parameters.paths.reduce(4096) { $0 + 4 * parameters.shape(of: $1).count + 512 }
  }

  /// Bytes of a checkpoint: the weights, two numbers for each that is trained, their mean and their start.
  fileprivate var checkpointBytes: Int {
    (3 + (average == nil ? 0 : 1) + (start == nil ? 0 : 1)) * weightsBytes
  }
}

extension StateDict {
  /// Whether every value is a number.
  fileprivate var isFinite: Bool {
    tensors.allSatisfy { $0.values.allSatisfy(\.isFinite) }
  }
}

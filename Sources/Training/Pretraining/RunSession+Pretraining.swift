import Foundation
import Networks
import Project
import Recipes
import Weights

extension RunSession {
  /// Pretrains the network that the settings name.
  ///
  /// - Throws: `TrainingError`; what was exported and saved before stays.
  func pretrain(_ order: PretrainingOrder) throws(TrainingError) {
    let settings = order.settings
    guard let network = Architecture(rawValue: settings.recipe.architecture) else {
      throw .architecture(settings.recipe.architecture)
    }
    try settings.check(for: network)
    for side in settings.sizes {
      try MemoryNeed.check(settings.recipe(at: side), images: settings.count(at: side))
    }
    try pretrain(order, network: network)
  }

  /// Pretrains to the end or until told to stop.
  ///
  /// - Throws: `TrainingError`; what was exported and saved before stays.
  func pretrain(
    _ order: PretrainingOrder, network: some SegmentationNetwork
  ) throws(TrainingError) {
    let settings = order.settings
    if order.resumes { try refuseFinished(epochs: settings.summary.epochs) }
    let trainer = try Pretrainer(
      settings, network: network, start: order.start, threads: order.threads)
    if order.resumes { try trainer.restore(Checkpoint.read(from: folder.checkpointFile)) }
    let summary = RunSummary(
      folder: folder.url, recipe: settings.summary, training: [], validation: [],
      length: RunLength(
        steps: settings.steps, stepsPerEpoch: settings.validationInterval),
      stepsDone: trainer.state.step,
      history: trainer.state.history)
    folder.removeLeftovers()
    try put { () throws(ProjectError) in
      try folder.write(settings)
      try folder.write(summary.recipe)
      try folder.write(trainer.state.history)
      try folder.write(trainer.state.validations)
    }
    report(.started(summary))
    let queue = BatchQueue(
      SimulatedSteps(settings, from: trainer.state.step, seen: trainer.state.seen),
      from: trainer.state.step, threads: max(1, order.threads / 4))
    defer { queue.close() }
    do {
      try train(trainer, on: queue, order)
    } catch .notFinite(let step, let place, _) {
      throw .notFinite(step: step, place: place, isKept: folder.hasWeights)
    }
  }

  private func train(
    _ trainer: Pretrainer<some SegmentationNetwork>, on queue: BatchQueue<SimulatedSteps>,
    _ order: PretrainingOrder
  ) throws(TrainingError) {
    let simulated = ValidationSet.simulated(order.settings)
    var throttle = Throttle(shortest: order.checkpointInterval, from: clock.now)
    while !trainer.isDone {
      waitIfAsked()
      if control.stop == .now { break }
      try step(trainer, queue)
      if trainer.isEpochDone {
        try validate(trainer, simulated, order.real)
        if control.stop != nil { break }
      }
      let start = clock.now
      if !trainer.isDone, throttle.allows(start) {
        try save(trainer)
        throttle.note(from: start, to: clock.now)
      }
    }
    if trainer.isDone {
      // The weights of the last validation are those of the end.
      folder.removeCheckpoint()
    } else if trainer.state.step > 0 {
      try export(trainer)
      try save(trainer)
    }
    report(
      .finished(
        RunOutcome(
          epochs: trainer.state.history.count, bestEpoch: nil, wasStopped: !trainer.isDone,
          weights: trainer.state.step > 0 ? folder.weightsFile : nil)))
  }

  private func step(
    _ trainer: Pretrainer<some SegmentationNetwork>, _ queue: BatchQueue<SimulatedSteps>
  ) throws(TrainingError) {
    let start = clock.now
    let record = try trainer.step(queue.next())
    trainer.add(seconds: start.duration(to: clock.now).seconds)
    report(.step(record))
  }

  private func validate(
    _ trainer: Pretrainer<some SegmentationNetwork>, _ simulated: ValidationSet,
    _ real: [ValidationSet]
  ) throws(TrainingError) {
    let start = clock.now
    try trainer.checkParameters()
    var scores: [ValidationRecord.SetScore] = []
    for set in real { scores.append(.init(name: set.name, iou: try trainer.measure(set).iou)) }
    let (epoch, validation) = try trainer.finishEpoch(
      simulated: trainer.measure(simulated), real: scores,
      seconds: start.duration(to: clock.now).seconds)
    try export(trainer)
    try put { () throws(ProjectError) in
      try folder.append(epoch)
      try folder.write(trainer.state.validations)
    }
    report(.validated(validation))
    report(.epoch(epoch, isBest: false))
  }

  private func save(_ trainer: Pretrainer<some SegmentationNetwork>) throws(TrainingError) {
    try trainer.checkParameters()
    try put(trainer.checkpoint.stateDict(), to: folder.checkpointFile)
  }

  /// Writes the mean weights.
  private func export(_ trainer: Pretrainer<some SegmentationNetwork>) throws(TrainingError) {
    let recipe = trainer.settings.summary
    var weights = trainer.average.stateDict
    weights.metadata =
      WeightsNote(
        architecture: recipe.architecture, size: recipe.size, epoch: trainer.state.history.count,
        seed: recipe.seed
      ).metadata
    try put(weights, to: folder.weightsFile)
  }
}

import Basics
import Foundation
import Project
import Recipes
import Training

/// Tells how a run goes: a bar or plain lines on standard error, lines of JSON on standard output.
struct TrainingReport {
  private let isJSON: Bool
  private let clock = SystemClock()
  private var line: ProgressLine
  private var summary: RunSummary?
  private var lastEpoch: EpochRecord?
  private var end = RunEnd()

  init(isJSON: Bool) {
    self.isJSON = isJSON
    line = .standardError(clock)
  }

  /// Takes what the run reports.
  mutating func take(_ event: Training.Progress) throws {
    end.take(event)
    switch event {
    case .started(let summary): try start(summary)
    case .step(let step): show(step)
    case .epoch(let epoch, let isBest):
      lastEpoch = epoch
      try json(Epoch(epoch, isBest: isBest))
    case .finished(let outcome): try finish(outcome)
    case .validated, .paused, .resumed, .failed: break
    }
  }

  /// What the run ended with.
  ///
  /// - Throws: `Failure` where it broke off.
  func outcome() throws -> RunOutcome { try end.outcome() }

  private mutating func start(_ summary: RunSummary) throws {
    self.summary = summary
    // The clock of the estimate starts with the first step, not with reading the images.
    line = .standardError(clock)
    let held =
      summary.validation.isEmpty
      ? "none to validate on, all labels are learnt from"
      : "\(summary.validation.count) to validate on"
    line.interrupt(
      with: "\(summary.recipe.architecture) at \(summary.recipe.size)x\(summary.recipe.size), from "
        + "\(summary.recipe.weights == .random ? "random" : summary.recipe.weights.text) weights, "
        + "\(summary.recipe.steps.map { "\($0) steps in " } ?? "")\(summary.length.epochs) epochs: "
        + "\(summary.training.count) images to train on, \(held)")
    line.interrupt(with: "run folder: \(summary.folder.path)")
    try json(
      Started(
        folder: summary.folder.path, recipe: summary.recipe, training: summary.training,
        validation: summary.validation))
  }

  private mutating func show(_ step: StepRecord) {
    guard let summary else { return }
    let total = summary.length.steps
    var note =
      "epoch \(step.epoch)/\(summary.length.epochs) loss \(NumberText.decimal(step.loss, digits: 4))"
    if let loss = lastEpoch?.validationLoss {
      note += " val \(NumberText.decimal(loss, digits: 4))"
    }
    // A resumed run is timed by its own steps.
    line.show(
      done: Double(step.step - summary.stepsDone), of: Double(total - summary.stepsDone),
      note: note, now: clock.monotonic)
  }

  private mutating func finish(_ outcome: RunOutcome) throws {
    line.clear()
    let ending = outcome.wasStopped ? "stopped after" : "done:"
    let best = outcome.bestEpoch.map { ", best epoch \($0)" } ?? ""
    StandardStream.error.line("\(ending) \(outcome.epochs) epochs\(best)")
    if let weights = outcome.weights { StandardStream.error.line("weights: \(weights.path)") }
    try json(
      Finished(
        epochs: outcome.epochs, bestEpoch: outcome.bestEpoch, stopped: outcome.wasStopped,
        weights: outcome.weights?.path))
  }

  private func json(_ value: some Encodable) throws {
    if isJSON { StandardStream.output.line(try JSONText.line(value)) }
  }

  private struct Started: Encodable {
    var event = "started"
    var folder: String
    var recipe: Recipe
    var training: [ImageKey]
    var validation: [ImageKey]
  }

  private struct Epoch: Encodable {
    var event = "epoch"
    var epoch: Int
    var trainLoss: Double
    var validationLoss: Double?
    var seconds: Double
    var imagesPerSecond: Double
    var isBest: Bool

    init(_ record: EpochRecord, isBest: Bool) {
      epoch = record.epoch
      trainLoss = record.trainLoss
      validationLoss = record.validationLoss
      seconds = record.seconds
      imagesPerSecond = record.imagesPerSecond
      self.isBest = isBest
    }
  }

  private struct Finished: Encodable {
    var event = "finished"
    var epochs: Int
    var bestEpoch: Int?
    var stopped: Bool
    var weights: String?
  }

  /// The last line of JSON: the mean scores of the images trained on, held out or for testing.
  struct Scored: Encodable {
    var event = "scored"
    var images: Int
    var tested: Bool
    var parts: [ScoreTable.Summary]
  }
}

import Basics
import Foundation
import Project
import Recipes
import Training

/// Tells how a pretraining goes: a bar or plain lines on standard error, a line a validation; lines of
/// JSON on standard output.
struct PretrainingReport {
  private let settings: PretrainingSettings
  private let isJSON: Bool
  private let clock = SystemClock()
  private var line: ProgressLine
  private var begun = 0.0
  private var first = 0
  private var loss: Double?
  private var end = RunEnd()

  init(_ settings: PretrainingSettings, isJSON: Bool) {
    self.settings = settings
    self.isJSON = isJSON
    line = .standardError(clock)
  }

  /// Takes what the run reports.
  mutating func take(_ event: Training.Progress) throws {
    end.take(event)
    switch event {
    case .started(let summary): try start(summary)
    case .step(let step): show(step)
    case .validated(let record): try show(record)
    case .finished(let outcome): try finish(outcome)
    case .epoch, .paused, .resumed, .failed: break
    }
  }

  /// What the run ended with.
  ///
  /// - Throws: `Failure` where it broke off.
  mutating func outcome() throws -> RunOutcome {
    line.clear()
    return try end.outcome()
  }

  private mutating func start(_ summary: RunSummary) throws {
    (first, begun) = (summary.stepsDone, clock.monotonic)
    line = .standardError(clock)
    let sizes = settings.sizes.map { "\(settings.count(at: $0)) of \($0)x\($0)" }
    line.interrupt(
      with: "\(settings.recipe.architecture), \(settings.steps) steps of simulated images: "
        + sizes.joined(separator: ", "))
    if first > 0 { line.interrupt(with: "going on after step \(first)") }
    line.interrupt(with: "run folder: \(summary.folder.path)")
    try json(Started(folder: summary.folder.path, settings: settings, stepsDone: first))
  }

  private mutating func show(_ step: StepRecord) {
    // A running mean over some fifty steps: single ones jump with the size and the images.
    loss = loss.map { $0 + 0.02 * (step.loss - $0) } ?? step.loss
    let (done, total) = (step.step - first, settings.steps - first)
    let images = settings.sizes.map(settings.count).reduce(0, +)
    let mean = Double(images) / Double(settings.sizes.count)
    let speed = Double(done) * mean / max(1e-3, clock.monotonic - begun)
    line.show(
      done: Double(done), of: Double(total),
      note:
        "step \(step.step)/\(settings.steps) loss \(NumberText.decimal(loss ?? step.loss, digits: 4)) "
        + "\(NumberText.decimal(speed, digits: 1)) images/s", now: clock.monotonic)
  }

  private mutating func show(_ record: ValidationRecord) throws {
    line.interrupt(
      with:
        "step \(record.step)  loss \(NumberText.decimal(record.trainLoss, digits: 4)), simulated "
        + "\(NumberText.decimal(record.simulatedLoss, digits: 4))  \(record.scores)")
    try json(Validated(record: record))
  }

  private mutating func finish(_ outcome: RunOutcome) throws {
    line.clear()
    if let weights = outcome.weights { StandardStream.error.line("weights: \(weights.path)") }
    try json(Finished(stopped: outcome.wasStopped, weights: outcome.weights?.path))
  }

  private func json(_ value: some Encodable) throws {
    if isJSON { StandardStream.output.line(try JSONText.line(value)) }
  }

  private struct Started: Encodable {
    var event = "started"
    var folder: String
    var settings: PretrainingSettings
    var stepsDone: Int
  }

  private struct Validated: Encodable {
    var event = "validated"
    var record: ValidationRecord
  }

  private struct Finished: Encodable {
    var event = "finished"
    var stopped: Bool
    var weights: String?
  }
}

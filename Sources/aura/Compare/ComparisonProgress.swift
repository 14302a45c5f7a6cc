import Basics
import Comparison
import Foundation
import Imaging
import Project
import Recipes
import Synchronization
import Training

/// Tells how a comparison goes: one bar over all its runs on standard error, a line a run; lines of JSON on
/// standard output.
///
/// What a run reports it takes on that run's thread.
final class ComparisonProgress: Sendable {
  /// What a line search takes: its trainings are not known before they are due.
  struct Ahead {
    /// How many trainings at most.
    var runs = 0
    /// How many of them are done.
    var done = 0
    /// How much one computes.
    var work = 0.0
  }

  private struct State {
    var lines: ComparisonLines
    var trouble: (any Error)?
  }

  private let state: Mutex<State>

  init(isJSON: Bool) { state = Mutex(State(lines: ComparisonLines(isJSON: isJSON))) }

  /// Starts with the runs that are to be done and how much each computes.
  ///
  /// - Parameters:
  ///   - runs: Those that are known by now.
  ///   - planned: How many runs the plan has.
  ///   - ahead: What comes behind them.
  func begin(
    _ runs: [(run: ComparisonRun, work: Double)], of planned: Int, ahead: Ahead = Ahead()
  ) {
    tell { $0.begin(runs, of: planned, ahead: ahead) }
  }

  /// Takes up runs that the line search has come to.
  func add(_ runs: [(run: ComparisonRun, work: Double)]) { tell { $0.add(runs) } }

  /// Takes what the run in hand reports.
  func take(_ event: RunEvent, of run: ComparisonRun) { tell { try $0.take(event, of: run) } }

  /// A run has its scores.
  func scored(_ run: ComparisonRun, _ scores: [ImageScore]) { tell { try $0.scored(run, scores) } }

  /// A run broke off.
  func failed(_ run: ComparisonRun, _ reason: String) { tell { try $0.failed(run, reason) } }

  /// Takes the bar away.
  func clear() { tell { $0.clear() } }

  /// Takes the bar away.
  ///
  /// - Throws: what could not be told.
  func end() throws {
    clear()
    if let trouble = state.withLock(\.trouble) { throw trouble }
  }

  private func tell(_ body: (inout ComparisonLines) throws -> Void) {
    state.withLock { state in
      do {
        try body(&state.lines)
      } catch {
        state.trouble = state.trouble ?? error
      }
    }
  }
}

/// The bar and the lines of a comparison.
private struct ComparisonLines {
  private let isJSON: Bool
  private let clock = SystemClock()
  private var line: ProgressLine
  private var count = 0
  private var finished = 0
  private var total = 0.0
  private var done = 0.0
  private var ahead = ComparisonProgress.Ahead()
  private var works: [ComparisonRun: Double] = [:]
  private var places: [ComparisonRun: Int] = [:]
  private var summary: RunPlan?
  private var lastEpoch: EpochRecord?
  private var begun: Double?

  init(isJSON: Bool) {
    self.isJSON = isJSON
    line = .standardError(clock)
  }

  /// Starts with the runs that are to be done and how much each computes.
  ///
  /// - Parameters:
  ///   - runs: Those that are known by now.
  ///   - planned: How many runs the plan has.
  ///   - ahead: What comes behind them.
  mutating func begin(
    _ runs: [(run: ComparisonRun, work: Double)], of planned: Int,
    ahead: ComparisonProgress.Ahead
  ) {
    (count, finished) = (planned + ahead.runs, planned - runs.count + ahead.done)
    self.ahead = ahead
    total = Double(ahead.runs - ahead.done) * ahead.work
    take(runs)
    if finished > 0 { line.interrupt(with: "\(finished) of \(count) runs are done already") }
    line = .standardError(clock)
  }

  /// Takes up runs that the line search has come to.
  mutating func add(_ runs: [(run: ComparisonRun, work: Double)]) {
    let expected = min(runs.count, ahead.runs - ahead.done)
    ahead.done += expected
    total -= Double(expected) * ahead.work
    take(runs)
  }

  private mutating func take(_ runs: [(run: ComparisonRun, work: Double)]) {
    for item in runs {
      works[item.run] = item.work
      places[item.run] = finished + places.count + 1
      total += item.work
    }
  }

  /// Takes what the run in hand reports.
  mutating func take(_ event: RunEvent, of run: ComparisonRun) throws {
    switch event {
    case .started(let summary): try start(run, summary)
    case .step(let step): show(step, of: run)
    case .epoch(let epoch, let isBest):
      lastEpoch = epoch
      try json(
        Epoch(
          run: run.name, epoch: epoch.epoch, trainLoss: epoch.trainLoss,
          validationLoss: epoch.validationLoss, seconds: epoch.seconds, isBest: isBest))
    case .validated, .paused, .resumed, .finished, .failed: break
    }
  }

  /// A run has its scores.
  mutating func scored(_ run: ComparisonRun, _ scores: [ImageScore]) throws {
    done += works[run] ?? 0
    let mean = Scores.mean(scores.map(\.scores))
    let (iou, dice) = (mean?[.iou] ?? 0, mean?[.dice] ?? 0)
    line.interrupt(
      with:
        "\(title(run)): IoU \(NumberText.decimal(iou, digits: 4)), Dice \(NumberText.decimal(dice, digits: 4)) on "
        + "\(scores.count) images"
        + (begun.map { ", \(DurationText.clock(clock.monotonic - $0))" } ?? ""))
    begun = nil
    try json(Scored(run: run.name, images: scores.count, iou: iou, dice: dice))
  }

  /// A run broke off.
  mutating func failed(_ run: ComparisonRun, _ reason: String) throws {
    done += works[run] ?? 0
    line.interrupt(with: "aura: \(title(run)): \(reason)")
    begun = nil
    try json(Failed(run: run.name, reason: reason))
  }

  /// Takes the bar away.
  mutating func clear() { line.clear() }

  private mutating func start(_ run: ComparisonRun, _ summary: RunPlan) throws {
    // What a resumed run did before does not count in this session's speed.
    let share = Double(summary.stepsDone) / Double(max(1, summary.length.steps))
    let before = (works[run] ?? 0) * share
    works[run] = (works[run] ?? 0) - before
    total -= before
    (self.summary, lastEpoch, begun) = (summary, summary.history.last, clock.monotonic)
    let going = summary.stepsDone > 0 ? ", going on after step \(summary.stepsDone)" : ""
    line.interrupt(
      with: "\(title(run)): \(summary.recipe.architecture) at \(summary.recipe.size)x"
        + "\(summary.recipe.size) from \(summary.recipe.weights.text), \(summary.length.epochs) "
        + "epochs, \(summary.training.count) images to train on, \(summary.validation.count) to "
        + "validate on\(going)")
    try json(
      Started(
        run: run.name, recipe: summary.recipe, training: summary.training,
        validation: summary.validation, stepsDone: summary.stepsDone))
  }

  private mutating func show(_ step: StepRecord, of run: ComparisonRun) {
    guard let summary else { return }
    let steps = Double(max(1, summary.length.steps - summary.stepsDone))
    let share = Double(step.step - summary.stepsDone) / steps
    var note = "\(title(run)) epoch \(step.epoch)/\(summary.length.epochs)"
    if let loss = lastEpoch?.validationLoss {
      note += " val \(NumberText.decimal(loss, digits: 4))"
    }
    // The last step of all still has its scores to come.
    let now = min(done + share * (works[run] ?? 0), total * 0.999)
    line.show(done: now, of: total, note: note, now: clock.monotonic)
  }

  /// `3/8 unet+ac seed 0`.
  private func title(_ run: ComparisonRun) -> String {
    "\(places[run] ?? 0)/\(count) \(run.recipe) seed \(run.seed)"
      + (run.fold.map { " fold \($0)" } ?? "")
  }

  private func json(_ value: some Encodable) throws {
    if isJSON { StandardStream.output.line(try JSONText.line(value)) }
  }

  private struct Started: Encodable {
    var event = "started"
    var run: String
    var recipe: Recipe
    var training: [ImageKey]
    var validation: [ImageKey]
    var stepsDone: Int
  }

  private struct Epoch: Encodable {
    var event = "epoch"
    var run: String
    var epoch: Int
    var trainLoss: Double
    var validationLoss: Double?
    var seconds: Double
    var isBest: Bool
  }

  private struct Failed: Encodable {
    var event = "failed"
    var run: String
    var reason: String
  }

  private struct Scored: Encodable {
    var event = "scored"
    var run: String
    var images: Int
    var iou: Double
    var dice: Double
  }
}

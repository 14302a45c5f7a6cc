import Basics
public import Comparison
import Foundation
import Imaging
import Project
import Recipes
import Synchronization
import Training
public import Workflows

/// Tells how a comparison goes: one bar over all its runs on standard error, a line a run; lines of JSON on
/// standard output.
///
/// What a run reports it takes on that run's thread.
public final class ComparisonProgress: Sendable {
  private let lines: Mutex<ComparisonLines>
  private let stop: StopRequest

  /// A bar, with lines of JSON where scripts listen; where these cannot be told the comparison stops.
  public init(isJSON: Bool, stop: StopRequest) {
    lines = Mutex(ComparisonLines(isJSON: isJSON))
    self.stop = stop
  }

  /// Takes what the comparison reports.
  public func take(_ event: ComparisonEvent) {
    let isTold = lines.withLock { lines in
      lines.take(event)
      return lines.trouble == nil
    }
    if !isTold { stop.giveUp() }
  }

  /// Takes the bar away.
  public func clear() { lines.withLock { $0.line.clear() } }

  /// Takes the bar away.
  ///
  /// - Throws: what could not be told.
  public func end() throws {
    clear()
    if let trouble = lines.withLock(\.trouble) { throw trouble }
  }
}

extension ComparisonProgress {
  /// Tells what a comparison came to.
  public static func tell(
    _ report: ComparisonReport, at folder: ComparisonFolder, isJSON: Bool
  ) throws {
    try StandardStream.output.tell(
      finished(report.results, report: folder.reportFile), asJSON: isJSON, isIndented: false,
      report.lines)
    StandardStream.error.line("report: \(folder.reportFile.path)")
  }

  /// The last line of JSON, also where nothing was left to do.
  static func finished(_ results: ComparisonResults, report: URL) -> JSONObject {
    [
      "event": "finished", "runs": results.plan.runs.count, "finished": results.runs.count,
      "brokenOff": results.broken.map(\.run.name), "report": report.path,
    ]
  }
}

/// The bar and the lines of a comparison.
private struct ComparisonLines {
  /// What could not be told.
  var trouble: (any Error)?
  let isJSON: Bool
  var line = ProgressLine.standardError()
  var count = 0
  var finished = 0
  var total = 0.0
  var done = 0.0
  /// Trainings of a line search that are not known yet, and how much one computes.
  var expected = 0
  var expectedWork = 0.0
  var works: [ComparisonRun: Double] = [:]
  var places: [ComparisonRun: Int] = [:]
  var summary: RunPlan?
  var lastEpoch: EpochRecord?
  var begun: Double?

  /// Takes what the comparison reports.
  mutating func take(_ event: ComparisonEvent) {
    switch event {
    case .begun(let runs, let planned, let ahead): begin(runs, of: planned, ahead: ahead)
    case .added(let runs): add(runs)
    case .training(let run, let event): take(event, of: run)
    case .scored(let run, let scores): scored(run, scores)
    case .failed(let run, let reason): failed(run, reason)
    }
  }

  private mutating func begin(
    _ runs: [ComparisonEvent.Share], of planned: Int, ahead: ComparisonEvent.Ahead
  ) {
    (count, finished) = (planned + ahead.runs, planned - runs.count + ahead.done)
    expected = ahead.runs - ahead.done
    expectedWork = ahead.work
    total = Double(expected) * expectedWork
    take(runs)
    if finished > 0 { line.interrupt(with: "\(finished) of \(count) runs are done already") }
    line = .standardError()
  }

  /// Takes up runs that the line search has come to.
  private mutating func add(_ runs: [ComparisonEvent.Share]) {
    let taken = min(runs.count, expected)
    expected -= taken
    total -= Double(taken) * expectedWork
    take(runs)
  }

  private mutating func take(_ runs: [ComparisonEvent.Share]) {
    for item in runs {
      works[item.run] = item.work
      places[item.run] = finished + places.count + 1
      total += item.work
    }
  }

  private mutating func take(_ event: RunEvent, of run: ComparisonRun) {
    switch event {
    case .started(let summary): start(run, summary)
    case .step(let step): show(step, of: run)
    case .epoch(let epoch, let isBest):
      lastEpoch = epoch
      json([
        "event": "epoch", "run": run.name, "epoch": epoch.epoch, "trainLoss": epoch.trainLoss,
        "validationLoss": epoch.validationLoss, "seconds": epoch.seconds, "isBest": isBest,
      ])
    case .notice(let text): line.interrupt(with: "\(title(run)): \(text)")
    case .validated, .paused, .resumed, .finished, .failed, .checking, .checked: break
    }
  }

  private mutating func scored(_ run: ComparisonRun, _ scores: [ImageScore]) {
    done += works[run] ?? 0
    let mean = Scores.mean(scores.map(\.scores))
    let (iou, dice) = (mean?[.iou] ?? 0, mean?[.dice] ?? 0)
    line.interrupt(
      with:
        "\(title(run)): IoU \(NumberText.decimal(iou, digits: 4)), Dice \(NumberText.decimal(dice, digits: 4)) on "
        + "\(scores.count) images"
        + (begun.map { ", \(DurationText.clock(line.elapsed - $0))" } ?? ""))
    begun = nil
    json([
      "event": "scored", "run": run.name, "images": scores.count, "iou": iou, "dice": dice,
    ])
  }

  private mutating func failed(_ run: ComparisonRun, _ reason: String) {
    done += works[run] ?? 0
    line.interrupt(with: "aura: \(title(run)): \(reason)")
    begun = nil
    json(["event": "failed", "run": run.name, "reason": reason])
  }

  private mutating func start(_ run: ComparisonRun, _ summary: RunPlan) {
    // What a resumed run did before does not count in this session's speed.
    let share = Double(summary.stepsDone) / Double(max(1, summary.length.steps))
    let before = (works[run] ?? 0) * share
    works[run] = (works[run] ?? 0) - before
    total -= before
    (self.summary, lastEpoch, begun) = (summary, summary.history.last, line.elapsed)
    let going = summary.stepsDone > 0 ? ", going on after step \(summary.stepsDone)" : ""
    line.interrupt(
      with: "\(title(run)): \(summary.recipe.architecture) at \(summary.recipe.size)x"
        + "\(summary.recipe.size) from \(summary.recipe.weights.text), \(summary.length.epochs) "
        + "epochs, \(summary.training.count) images to train on, \(summary.validation.count) to "
        + "validate on\(going)")
    json([
      "event": "started", "run": run.name, "recipe": summary.recipe,
      "training": summary.training, "validation": summary.validation,
      "stepsDone": summary.stepsDone,
    ])
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
    line.show(done: now, of: total, note: note)
  }

  /// `3/8 unet+ac seed 0`.
  private func title(_ run: ComparisonRun) -> String {
    "\(places[run] ?? 0)/\(count) \(run.recipe) seed \(run.seed)"
      + (run.fold.map { " fold \($0)" } ?? "")
  }

  private mutating func json(_ value: JSONObject) {
    guard isJSON else { return }
    do {
      try StandardStream.output.json(value)
    } catch {
      trouble = trouble ?? error
    }
  }
}

public import Recipes
import Synchronization
public import Training
public import Workflows

/// What is told of a kind of run.
protocol RunWords: Sendable {
  /// What is told before the first step.
  mutating func began(_ plan: RunPlan) -> Told
  /// What stands beside the bar after a step, the run having taken some seconds.
  mutating func note(_ step: StepRecord, seconds: Double) -> String
  /// What is told of an epoch.
  mutating func ended(_ epoch: EpochRecord, isBest: Bool) -> Told
  /// What is told of a validation.
  func measured(_ record: ValidationRecord) -> Told
  /// What is told at the end.
  func finished(_ outcome: RunOutcome) -> Told
}

/// Lines for standard error, and an object for standard output.
struct Told {
  var lines: [String] = []
  var json: JSONObject?
}

/// Tells how a run goes: a bar or plain lines on standard error, lines of JSON on standard output.
///
/// It takes the run's events on the run's thread.
public final class RunReport: Sendable {
  private struct State {
    var words: any RunWords
    var line: ProgressLine
    var plan: RunPlan?
    var trouble: (any Error)?
  }

  private let isJSON: Bool
  private let state: Mutex<State>

  private init(_ words: any RunWords, isJSON: Bool) {
    self.isJSON = isJSON
    state = Mutex(State(words: words, line: .standardError()))
  }

  /// A report of a training on labelled images.
  public static func training(isJSON: Bool) -> RunReport {
    RunReport(TrainingWords(), isJSON: isJSON)
  }

  /// A report of a pretraining.
  public static func pretraining(_ settings: PretrainingSettings, isJSON: Bool) -> RunReport {
    RunReport(PretrainingWords(settings), isJSON: isJSON)
  }

  /// Takes what the run reports.
  public func take(_ event: RunEvent) {
    state.withLock { state in
      switch event {
      case .started(let plan):
        state.plan = plan
        // The clock of the estimate starts with the first step, not with reading the images.
        state.line = .standardError()
        tell(state.words.began(plan), &state)
      case .step(let step):
        guard let plan = state.plan else { return }
        let note = state.words.note(step, seconds: state.line.elapsed)
        // A resumed run is timed by its own steps.
        state.line.show(
          done: Double(step.step - plan.stepsDone),
          of: Double(plan.length.steps - plan.stepsDone), note: note)
      case .epoch(let epoch, let isBest):
        tell(state.words.ended(epoch, isBest: isBest), &state)
      case .validated(let record): tell(state.words.measured(record), &state)
      case .finished(let outcome):
        state.line.clear()
        tell(state.words.finished(outcome), &state)
      case .failed: state.line.clear()
      case .paused, .resumed: break
      }
    }
  }

  /// Waits for the end of the run.
  ///
  /// - Throws: `TrainingError` where it broke off, or what could not be told.
  public func outcome(of run: Run) throws -> RunOutcome {
    let outcome = try run.outcome()
    if let trouble = state.withLock(\.trouble) { throw trouble }
    return outcome
  }

  /// Tells what the weights of a training reach.
  public func tell(_ scores: FinalScores) throws {
    let object: JSONObject = [
      "event": "scored", "images": scores.table.count, "tested": scores.isOfTests,
      "parts": scores.table.partSummaries,
    ]
    try StandardStream.output.tell(
      object, asJSON: isJSON, isIndented: false, scores.table.text)
  }

  private func tell(_ told: Told, _ state: inout State) {
    for line in told.lines { state.line.interrupt(with: line) }
    guard isJSON, let json = told.json else { return }
    do {
      try StandardStream.output.json(json)
    } catch {
      state.trouble = state.trouble ?? error
    }
  }
}

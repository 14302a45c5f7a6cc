public import Recipes
import Synchronization
public import Training
public import Workflows

/// Tells how a run goes: a bar or plain lines on standard error, lines of JSON on standard output.
///
/// It takes the run's events on the run's thread.
public final class RunReport: Sendable {
  private struct State {
    var words: any RunWords
    var line: ProgressLine
    var plan: RunPlan?
    var isChecking = false
    var trouble: (any Error)?
  }

  private let isJSON: Bool
  private let stop: StopRequest
  private let state: Mutex<State>

  /// A report of a training on labelled images, or of a pretraining by its settings; where its lines of
  /// JSON cannot be told the run stops.
  public init(_ settings: PretrainingSettings? = nil, isJSON: Bool, stop: StopRequest) {
    self.isJSON = isJSON
    self.stop = stop
    let words: any RunWords =
      if let settings { PretrainingWords(settings) } else { TrainingWords() }
    state = Mutex(State(words: words, line: .standardError()))
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
      case .checking(let progress):
        if !state.isChecking { (state.line, state.isChecking) = (.standardError(), true) }
        state.line.show(
          done: Double(progress.step), of: Double(progress.steps),
          note: "checking: \(progress.text)")
      case .checked(let result):
        state.line.clear()
        if let result { tell(Told(result), &state) }
      case .notice(let text): state.line.interrupt(with: text)
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

  /// Tells what the weights of a training reach, on images for testing or on all.
  public func tell(_ table: ScoreTable, isOfTests: Bool) throws {
    let object: JSONObject = [
      "event": "scored", "images": table.count, "tested": isOfTests,
      "parts": table.partSummaries,
    ]
    try StandardStream.output.tell(
      object, asJSON: isJSON, isIndented: false, table.text)
  }

  private func tell(_ told: Told, _ state: inout State) {
    for line in told.lines { state.line.interrupt(with: line) }
    guard isJSON, let json = told.json else { return }
    do {
      try StandardStream.output.json(json)
    } catch {
      state.trouble = state.trouble ?? error
      stop.giveUp()
    }
  }
}

import Project
import Recipes
import Screen

/// A workspace in which there can be a run.
protocol RunContext: TabbedContext {
  var run: RunState { get set }
  /// What the runs of the project take on disk; nothing without a project.
  var runs: RunsOnDisk { get }
}

extension RunContext {
  /// The runs, where none of them is in hand; proposals in progress give way, and so does what measures a run.
  fileprivate var idle: RunsOnDisk? { run.isActive && !run.givesWay ? nil : runs }

  /// Takes a report of the run in, and says what is to be said of it.
  mutating func take(_ event: RunEvent) {
    if case .finished(let outcome) = event {
      let wasStopping = if case .stopping = run.phase { true } else { false }
      let kept =
        outcome.bestEpoch.map { "the weights of epoch \($0) are kept" }
        ?? outcome.kept.map { "\($0.amount) is kept" } ?? "its last weights are kept"
      tell(
        "The run \(wasStopping ? "stopped" : "ended") after \(outcome.epochs) epochs: \(kept).")
    }
    run.take(event)
    if case .notice(let text) = event { tell(text) }
    if case .checked(let result?) = event { tell(result.shortText) }
    if case .failed(let text) = event { fail(text) }
  }
}

/// The run in the background and its curve, in a project or alone.
struct TrainScreen<Shared: RunContext>: ScreenPart {
  enum Command: Sendable {
    case pauseOrResume, stopAfterEpoch, stopNow, goOn, clearCheckpoints
    case curve(CurveSettings.Command)
  }

  var curve = CurveSettings(isLogarithmic: false, smoothing: 1)

  var bindings: [Binding<Self>] {
    Self.joined(
      [
        Binding<Self>("Space", [.character(" ")], .pauseOrResume, "pause or go on")
          .unless { Self.noRun($0, $1) }.hint { Self.hint("pause", 1, $1.run.isTraining) },
        Binding<Self>("S", .stopAfterEpoch, "stop after this epoch").unless { Self.noRun($0, $1) }
          .hint { Self.hint("stop after epoch", 2, $1.run.isTraining) },
        Binding<Self>("X", .stopNow, "stop now, keeping the best weights")
          .unless { $1.run.givesWay ? nil : Self.noRun($0, $1) }
          .hint { Self.hint("stop now", 3, $1.run.isTraining || $1.run.givesWay) },
        Binding<Self>("c", .goOn, "go on with the stopped run").when { $1.idle?.stopped != nil }
          .hint("go on", 4),
        Binding<Self>("D", .clearCheckpoints, "remove the checkpoints of stopped runs")
          .when { ($1.idle?.checkpointBytes ?? 0) > 0 },
      ], CurveSettings.bindings(rank: 10) { .curve($0) })
  }

  /// A hint that gives its room to others where it is of no use.
  private static func hint(_ label: String, _ rank: Int, _ isOfUse: Bool) -> KeyLine.Hint? {
    isOfUse ? KeyLine.Hint(label: label, rank: rank) : nil
  }

  /// Why there is nothing to pause or stop, if so.
  private static func noRun(_ screen: Self, _ shared: Shared) -> String? {
    guard !shared.run.isTraining else { return nil }
    guard !shared.run.isWatched else { return "The run is over; q leaves." }
    guard !shared.run.isChecking else {
      return "The run is over; X ends its checking, g starts a new run."
    }
    return shared.run.isProposing
      ? "The run is over; X ends its proposals, g starts a new run."
      : "No run is going on; g starts one."
  }

  mutating func perform(_ command: Command, _ shared: inout Shared) -> [Effect] {
    switch command {
    case .pauseOrResume:
      if case .stopping = shared.run.phase { return [] }
      let isPaused = shared.run.isPaused
      shared.run.phase = isPaused ? .resuming : .pausing
      return [isPaused ? .resumeTraining : .pauseTraining]
    case .stopAfterEpoch:
      let wasPaused = shared.run.isPaused
      shared.run.phase = .stopping(.epoch)
      return [.stopTraining(.epoch)] + (wasPaused ? [.resumeTraining] : [])
    case .stopNow where shared.run.givesWay:
      // Nothing is lost by it, so nothing is asked.
      return shared.run.stopNow()
    case .stopNow:
      shared.ask(
        shared.run.isWatched
          ? "Stop the run now? A checkpoint is written, from which --resume goes on."
          : "Stop the run now? The best weights are kept, and c goes on with it.", .stopNow)
    case .goOn:
      shared.run.begin(goingOn: true)
      return [.goOnTraining]
    case .clearCheckpoints:
      let lost = shared.runs.stopped.map { "\($0) cannot be gone on with then; " } ?? ""
      shared.ask(
        "Remove the checkpoints of stopped runs, \(shared.runs.checkpointText)? "
          + "\(lost)weights and scores stay.", .clearCheckpoints)
    case .curve(let command): curve.perform(command)
    }
    return []
  }

  func draw(_ shared: Shared, into grid: inout Grid) {
    RunView(run: shared.run, runs: shared.runs, curve: curve).draw(shared.window, into: &grid)
  }
}

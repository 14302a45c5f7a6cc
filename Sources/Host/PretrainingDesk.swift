import Recipes
import Training
import Workbench
import Workflows

/// A pretraining behind the screen that watches it: its reports as events, its keys as requests.
final class PretrainingDesk: EffectRunner, Sendable {
  private let run: Run
  private let worker = Worker(name: "pretraining", niceness: 10)

  /// Begins the run on a thread that stands back behind the screen, as all that it makes.
  init(
    mailbox: Mailbox,
    begin: @escaping @Sendable (@escaping @Sendable (RunEvent) -> Void) -> Run
  ) {
    run = worker.result(of: { begin { mailbox.post(.training($0)) } })
  }

  func perform(_ effect: Effect) -> [Event] {
    switch effect {
    case .pauseTraining: run.pause()
    case .resumeTraining: run.resume()
    case .stopTraining(let point): run.stop(after: point)
    default: break
    }
    return []
  }

  /// Stops the run, with its weights and a checkpoint written.
  ///
  /// - Returns: what it ended with.
  /// - Throws: `TrainingError` where it broke off, `WorkflowError` where it does not end within some seconds.
  func finish(within seconds: Double = 120) throws -> RunOutcome {
    run.stop(after: .now)
    worker.close(waiting: 1)
    guard let outcome = try run.outcome(within: seconds) else { throw WorkflowError.notStopped }
    return outcome
  }
}

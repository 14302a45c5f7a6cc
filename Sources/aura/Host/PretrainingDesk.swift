import Dispatch
import Project
import Recipes
import Synchronization
import Training
import Workbench

/// A pretraining behind the screen that watches it: its reports as events, its keys as requests.
final class PretrainingDesk: EffectRunner, Sendable {
  private let run: Run
  private let mailbox: Mailbox
  private let worker = Worker(name: "pretraining", niceness: 10)
  private let isOver = DispatchSemaphore(value: 0)
  private let ending = Mutex<Result<RunOutcome, TrainingError>?>(nil)

  /// Begins the run on a thread that stands back behind the screen, as all that it makes.
  init(mailbox: Mailbox, begin: @escaping @Sendable () -> Run) {
    self.mailbox = mailbox
    run = worker.result(of: begin)
    worker.perform { [self] in
      for event in Arrivals(of: run.progress) { report(event) }
      isOver.signal()
    }
  }

  func perform(_ effect: Effect) -> [Event] {
    switch effect {
    case .pauseTraining: run.pause()
    case .resumeTraining: run.resume()
    case .stopTraining(let point): run.stop(after: point == .now ? .now : .epoch)
    default: break
    }
    return []
  }

  /// Stops the run, with its weights and a checkpoint written.
  ///
  /// - Returns: what it ended with.
  /// - Throws: `Failure` where it broke off or does not end within two minutes.
  func finish() throws -> RunOutcome {
    run.stop(after: .now)
    let isInTime = isOver.wait(timeout: .now() + 120) == .success
    worker.close(waiting: 1)
    guard isInTime, let ending = ending.withLock(\.self) else {
      throw Failure(.internalError, "the run did not stop in time; its last checkpoint counts")
    }
    return try ending.get()
  }

  private func report(_ event: Training.Progress) {
    switch event {
    case .started(let summary):
      post(
        .started(
          RunPlan(
            name: run.folder.id, recipe: summary.recipe, trainingImages: 0, validationImages: 0,
            length: summary.length, stepsDone: summary.stepsDone)))
      for epoch in summary.history { post(.epoch(epoch, isBest: false)) }
    case .step(let step): post(.step(step))
    case .validated(let record): post(.figures(record.scores))
    case .epoch(let epoch, let isBest): post(.epoch(epoch, isBest: isBest))
    case .paused: post(.paused)
    case .resumed: post(.resumed)
    case .finished(let outcome):
      ending.withLock { $0 = .success(outcome) }
      post(.finished(epochs: outcome.epochs, bestEpoch: outcome.bestEpoch))
    case .failed(let error):
      ending.withLock { $0 = .failure(error) }
      post(.failed("\(error)"))
    }
  }

  private func post(_ event: TrainingEvent) { mailbox.post(.training(event)) }
}

extension Worker {
  /// Does a job on the thread and waits for what it gives.
  fileprivate func result<Value: Sendable>(of job: @escaping @Sendable () -> Value) -> Value {
    let inbox = Arrivals(
      of: AsyncStream<Value> { continuation in
        perform {
          continuation.yield(job())
          continuation.finish()
        }
      })
    for value in inbox { return value }
    preconditionFailure("a job that gives nothing")
  }
}

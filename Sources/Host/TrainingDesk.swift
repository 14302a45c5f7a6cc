import Imaging
import Logging
import Project
import Recipes
import Training
import Workbench
import Workflows

/// The training of a project behind the screen: its reports as events.
final class TrainingDesk: Sendable {
  private let service: TrainingService

  /// `weights` are those that count before the project's first run.
  init(
    store: ProjectStore, mailbox: Mailbox, logger: Logger, weights: WeightsSource = .nothing,
    threads: Int
  ) {
    service = TrainingService(store: store, usual: weights, logger: logger, threads: threads) {
      mailbox.post(Event($0))
    }
  }

  /// Says what a run would do.
  func plan(_ recipe: Recipe?) { service.plan(recipe) }

  /// Begins a session.
  func start(_ recipe: Recipe) -> [Event] {
    do throws(ProjectError) {
      return try service.start(recipe).map { [.failed(Trouble(.run, $0))] } ?? []
    } catch {
      return [.training(.failed("\(error)"))]
    }
  }

  func pause() { service.pause() }

  func resume() { service.resume() }

  func stop(_ point: RunStop) { service.stop(after: point) }

  /// Stops everything, with the weights and a checkpoint written.
  ///
  /// - Returns: whether that was done within two minutes.
  func finish() -> Bool { service.finish() }

  /// Proposes masks in a project without a run.
  func proposeBeforeAnyRun() { service.proposeBeforeAnyRun() }
}

extension Event {
  /// What a training tells, as the screen takes it.
  fileprivate init(_ report: TrainingService.Report) {
    switch report {
    case .planned(let forecast): self = .planned(forecast)
    case .refused(let text): self = .failed(Trouble(.plan, text))
    case .run(let event): self = .training(event)
    case .notice(let text): self = .notice(text)
    case .proposals(.going(let done, let count)): self = .proposing(done: done, of: count)
    case .proposals(.proposed(let key, let mask, let uncertainty, let source)):
      self = .proposed(key, TiledMask(mask), uncertainty: uncertainty, by: source)
    case .proposals(.failed(let text)): self = .failed(Trouble(.proposals, text))
    case .proposals(.done): self = .proposalsDone
    }
  }
}

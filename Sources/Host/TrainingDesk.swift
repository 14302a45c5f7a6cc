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
      if let event = Event($0) { mailbox.post(event) }
    }
  }

  /// Says what a run would do.
  func plan(_ recipe: Recipe?) { service.plan(recipe) }

  /// Begins a session.
  func start(_ recipe: Recipe) -> [Event] {
    do throws(ProjectError) {
      return try service.start(recipe).map { [.failed($0)] } ?? []
    } catch {
      return [.training(.failed("\(error)"))]
    }
  }

  func pause() { service.pause() }

  func resume() { service.resume() }

  func stop(_ point: StopPoint) { service.stop(after: point == .now ? .now : .epoch) }

  /// Stops everything, with the weights and a checkpoint written.
  ///
  /// - Returns: whether that was done within two minutes.
  func finish() -> Bool { service.finish() }

  /// Proposes masks in a project without a run.
  func proposeBeforeAnyRun() { service.proposeBeforeAnyRun() }
}

extension Event {
  /// What a training tells, as the screen takes it; nil for what it does not show.
  fileprivate init?(_ report: TrainingService.Report) {
    switch report {
    case .planned(let forecast):
      self = .planned(
        RunEstimate(
          recipe: forecast.recipe, trainingImages: forecast.trainingImages,
          validationImages: forecast.validationImages, seconds: forecast.seconds,
          note: forecast.refusal ?? forecast.note))
    case .refused(let text): self = .failed(text)
    case .failed(let text): self = .training(.failed(text))
    case .notice(let text): self = .notice(text)
    case .proposals(.going(let done, let count)):
      self = .training(.proposing(done: done, of: count))
    case .proposals(.proposed(let key, let mask, let uncertainty, let source)):
      self = .proposed(key, TiledMask(mask), uncertainty: uncertainty, by: source)
    case .proposals(.failed(let text)): self = .failed(text)
    case .proposals(.done): self = .training(.proposalsDone)
    case .run(let folder, let event):
      guard let event = TrainingEvent(event, in: folder) else { return nil }
      self = .training(event)
    }
  }
}

extension TrainingEvent {
  /// What a run reports, as the screen takes it.
  fileprivate init?(_ event: Training.Progress, in folder: RunFolder) {
    switch event {
    case .started(let summary):
      self = .started(
        RunPlan(
          name: folder.id, recipe: summary.recipe, trainingImages: summary.training.count,
          validationImages: summary.validation.count, length: summary.length))
    case .step(let step): self = .step(step)
    case .epoch(let epoch, let isBest): self = .epoch(epoch, isBest: isBest)
    case .validated: return nil
    case .paused: self = .paused
    case .resumed: self = .resumed
    case .finished(let end): self = .finished(epochs: end.epochs, bestEpoch: end.bestEpoch)
    case .failed(let error): self = .failed("\(error)")
    }
  }
}

import Project
import Recipes
import Training

/// How a run ended, as far as it has said so.
struct RunEnd {
  private var result: RunOutcome?
  private var failure: TrainingError?

  /// Takes what the run reports; anything but its last report leaves it open.
  mutating func take(_ event: Training.Progress) {
    switch event {
    case .finished(let outcome): result = outcome
    case .failed(let error): failure = error
    case .started, .step, .epoch, .validated, .paused, .resumed: break
    }
  }

  /// What the run ended with.
  ///
  /// - Throws: `Failure` where it broke off.
  func outcome() throws -> RunOutcome {
    if let result { return result }
    throw failure.map { Failure($0) }
      ?? Failure(.internalError, "the run ended without saying why; see its folder")
  }
}

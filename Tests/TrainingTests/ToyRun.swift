import Foundation
import Recipes
import Synchronization

@testable import Training

/// A run of the toy network, waited for, with all that it reported.
struct ToyRun {
  /// What it reported.
  let events: [RunEvent]
  /// What it ended with; none where it broke off.
  let outcome: RunOutcome?
  /// Why it broke off.
  let error: TrainingError?

  /// Runs to the end; `acting` sees each report before the run goes on, and may pause or stop it.
  init(
    _ order: some RunOrder, in folder: URL,
    acting: @escaping @Sendable (RunEvent, RunControl) -> Void = { _, _ in }
  ) {
    let control = RunControl()
    self.init { take in
      Run.start(order, network: ToyNetwork(), folder: folder, control: control) { event in
        take(event)
        acting(event, control)
      }
    }
  }

  /// Waits for a run that is started with what takes its reports.
  init(_ start: (@escaping @Sendable (RunEvent) -> Void) -> Run) {
    let reports = Reports()
    let run = start { event in reports.events.withLock { $0.append(event) } }
    do throws(TrainingError) {
      (outcome, error) = (try run.outcome(), nil)
    } catch {
      (outcome, self.error) = (nil, error)
    }
    events = reports.events.withLock(\.self)
  }

  /// What it was going to do.
  var plan: RunPlan? {
    if case .started(let plan) = events.first { plan } else { nil }
  }

  /// Its steps.
  var steps: [StepRecord] {
    events.compactMap { if case .step(let step) = $0 { step } else { nil } }
  }

  /// The losses of its steps.
  var losses: [Double] { steps.map(\.loss) }

  /// Its epochs.
  var epochs: [EpochRecord] {
    events.compactMap { if case .epoch(let epoch, _) = $0 { epoch } else { nil } }
  }

  /// Its validations.
  var validations: [ValidationRecord] {
    events.compactMap { if case .validated(let record) = $0 { record } else { nil } }
  }

  private final class Reports: Sendable {
    let events = Mutex<[RunEvent]>([])
  }
}

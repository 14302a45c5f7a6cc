import Dispatch
import Foundation
import Project
import Recipes
import Screen
import TestSupport
import Testing
import Training
import Workbench
import WorkflowTesting

@testable import Host

/// A pretraining behind the screen that watches it.
struct PretrainingDeskTests {
  private static func settings(steps: Int) -> PretrainingSettings {
    var settings = PretrainingSettings()
    settings.recipe.batch = 2
    settings.sizes = [64]
    (settings.steps, settings.warmup, settings.validationInterval) = (steps, 1, 2)
    return settings
  }

  /// Watches a run until the event that `ends` it, does something, and leaves; all of it on a thread
  /// that may be blocked, which a test's may not.
  private static func watch(
    _ settings: PretrainingSettings, in folder: URL,
    until ends: @escaping @Sendable (Event) -> Bool,
    then act: @escaping @Sendable (PretrainingDesk) -> Void = { _ in }
  ) async -> (events: [Event], outcome: Result<RunOutcome, any Error>) {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        let events = Mailboxed()
        let seen = DispatchSemaphore(value: 0)
        let mailbox = Mailbox { events.take { if ends($0) { seen.signal() } } }
        events.open(mailbox)
        defer { events.close() }
        let desk = PretrainingDesk(mailbox: mailbox) {
          Run.pretrain(settings, folder: folder, threads: 1, onEvent: $0)
        }
        _ = seen.wait(timeout: .now() + Patience.seconds)
        act(desk)
        let outcome = Result { try desk.finish(within: Patience.seconds) }
        continuation.resume(returning: (events.all, outcome))
      }
    }
  }

  @Test func `a run's steps, epochs and figures arrive, and its end is known`() async throws {
    let folder = try TestFolder()
    let (events, ending) = await Self.watch(
      Self.settings(steps: 3), in: folder.url,
      until: { if case .training(.finished) = $0 { true } else { false } })
    guard case .training(.started(let plan)) = events.first else {
      Issue.record("\(events)")
      return
    }
    #expect(plan.length.steps == 3 && plan.length.stepsPerEpoch == 2 && plan.recipe.epochs == 2)
    let steps = events.count { if case .training(.step) = $0 { true } else { false } }
    #expect(steps == 3)
    let figures = events.compactMap { event in
      if case .training(.validated(let record)) = event { record.scores } else { nil }
    }
    #expect(figures.count == 2 && figures.allSatisfy { $0.hasPrefix("simulated IoU 0.") })
    let outcome = try ending.get()
    #expect(!outcome.wasStopped && outcome.epochs == 2)
  }

  @Test func `leaving stops the run with a checkpoint`() async throws {
    let folder = try TestFolder()
    let (_, ending) = await Self.watch(
      Self.settings(steps: 10_000), in: folder.url,
      until: { if case .training(.step) = $0 { true } else { false } },
      then: {
        _ = $0.perform(.pauseTraining)
        _ = $0.perform(.resumeTraining)
        _ = $0.perform(.pauseTraining)
      })
    #expect(try ending.get().wasStopped)
    let files = RunFolder(id: "run", url: folder.url)
    #expect(FileManager.default.fileExists(atPath: files.checkpointFile.path))
  }

  @Test func `a run that cannot begin ends with its one line`() async throws {
    let folder = try TestFolder()
    var settings = Self.settings(steps: 3)
    settings.warmup = 7
    let (_, ending) = await Self.watch(
      settings, in: folder.url,
      until: { if case .training(.failed) = $0 { true } else { false } })
    let error = #expect(throws: TrainingError.self) { try ending.get() }
    #expect(error?.description.contains("warm-up of 7") == true)
  }
}

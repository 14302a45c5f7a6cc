import Foundation
import Imaging
import Logging
import Project
import Recipes
import Synchronization
import TestSupport
import Testing
import WorkflowTesting
import Training

@testable import Workflows

/// A run that was stopped goes on in its folder.
struct GoingOnTests {
  /// A project with two accepted images of three.
  private static func store(_ folder: TestFolder) throws -> ProjectStore {
    for name in ["a", "b", "c"] { try folder.image("cells/\(name).png", width: 64, height: 64) }
    let store = try ProjectStore.open(images: folder.url.appending(path: "cells"))
    for key in store.keys.prefix(2) {
      try store.decide(
        Decision(image: key, state: .accepted, time: 1),
        mask: .leading(900, width: 64, height: 64))
    }
    return store
  }

  /// What a session tells from its start until its run is over, and then what runs take on disk; the
  /// run stops after the first epoch or goes on to its end.
  private static func session(
    _ store: ProjectStore, stops: Bool,
    start: (TrainingService) throws -> String?
  ) async throws -> [TrainingService.Report] {
    let (reports, report) = AsyncStream<TrainingService.Report>.makeStream()
    let service = Mutex<TrainingService?>(nil)
    defer { service.withLock { $0 = nil } }
    let made = TrainingService(
      store: store, usual: .nothing,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, threads: 1
    ) {
      if stops, case .run(.started) = $0 { service.withLock { $0 }?.stop(after: .epoch) }
      report.yield($0)
    }
    service.withLock { $0 = made }
    #expect(try start(made) == nil)
    var told: [TrainingService.Report] = []
    var isOver = false
    for await report in reports {
      told.append(report)
      switch report {
      case .run(.finished), .run(.failed), .notStarted: isOver = true
      case .runs where isOver:
        #expect(made.finish(within: Patience.seconds))
        return told
      default: break
      }
    }
    return told
  }

  private static func recipe() -> Recipe {
    var recipe = Recipe()
    (recipe.size, recipe.epochs, recipe.batch, recipe.validation) = (64, 2, 2, 0)
    return recipe
  }

  @Test(.mustEnd)
  func `a stopped run goes on to its end, its checkpoint goes, and older ones before`() async throws
  {
    let folder = try TestFolder()
    let store = try Self.store(folder)
    defer { store.close() }
    let older = try store.newRun()
    try older.write(Self.recipe())
    try older.writeCheckpoint([Data(count: 5000)])

    let first = try await Self.session(store, stops: true) { try $0.start(Self.recipe()) }
    #expect(older.checkpointBytes == 0)
    let run = try #require(store.stoppedRun)
    #expect(run.id == "ft-02" && store.runsOnDisk.checkpointBytes > 400_000_000)
    guard case .runs(let stopped)? = first.last else {
      Issue.record("\(first)")
      return
    }
    #expect(stopped.stopped == "ft-02")
    let begun = try run.history()
    #expect(begun.count == 1)

    let rest = try await Self.session(store, stops: false) { $0.goOn() }
    #expect(store.runs.count == 2 && store.stoppedRun == nil)
    #expect(store.runsOnDisk.checkpointBytes == 0)
    #expect(try run.history().count == 2 && run.history().first == begun.first)
    let plans = rest.compactMap { if case .run(.started(let plan)) = $0 { plan } else { nil } }
    #expect(plans.map(\.stepsDone) == [1] && plans.map(\.history) == [begun])
    #expect(
      Self.refusal(store) == "no run can be gone on with any more; g trains anew")
  }

  @Test(.mustEnd)
  func `a run that fails at once leaves the one that was stopped before to be gone on with`()
    async throws
  {
    let folder = try TestFolder()
    let store = try Self.store(folder)
    defer { store.close() }
    let older = try store.newRun()
    try older.write(Self.recipe())
    try older.writeCheckpoint([Data(count: 5000)])
    var recipe = Self.recipe()
    recipe.learningRate = 1e38
    let told = try await Self.session(store, stops: false) { try $0.start(recipe) }
    #expect(told.contains { if case .run(.failed) = $0 { true } else { false } }, "\(told)")
    #expect(store.runs.count == 2 && older.checkpointBytes == 5000)
    guard case .runs(let onDisk)? = told.last else {
      Issue.record("\(told)")
      return
    }
    #expect(onDisk.stopped == older.id && store.stoppedRun?.id == older.id)
  }

  @Test(.mustEnd)
  func `a run whose labels have changed is not gone on with, which one line says`() async throws {
    let folder = try TestFolder()
    let store = try Self.store(folder)
    defer { store.close() }
    _ = try await Self.session(store, stops: true) { try $0.start(Self.recipe()) }
    let bytes = store.runsOnDisk.checkpointBytes
    try store.decide(
      Decision(image: store.keys[2], state: .accepted, time: 2),
      mask: .leading(900, width: 64, height: 64))
    let told = try await Self.session(store, stops: false) { $0.goOn() }
    let why = told.compactMap { if case .notStarted(let text) = $0 { text } else { nil } }
    #expect(
      why == [
        "ft-01 cannot be gone on with: the labelled images or their masks have changed; "
          + "g trains anew"
      ])
    #expect(!told.contains { if case .run = $0 { true } else { false } }, "\(told)")
    #expect(store.runsOnDisk.checkpointBytes == bytes && bytes > 0)
  }

  /// Why nothing can be gone on with.
  private static func refusal(_ store: ProjectStore) -> String? {
    let service = TrainingService(
      store: store, usual: .nothing,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, threads: 1
    ) { _ in }
    defer { _ = service.finish() }
    return service.goOn()
  }
}

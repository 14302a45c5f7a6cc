import Foundation
import Imaging
import Logging
import Project
import Recipes
import Synchronization
import Testing
import Workbench
import WorkflowTesting
import Workflows

@testable import Host

/// The thread behind the screen that trains and proposes.
struct TrainingEventsTests {
  @Test func `a proposal comes to the screen with how unsure the network is of each cell`() {
    let (key, cells) = (ImageKey("a.png"), LabelImage(width: 3, height: 1, labels: [2, 0, 7]))
    let report = TrainingService.Report.proposals(
      .proposed(
        cells,
        Proposal(image: key, uncertainty: 0.5, quality: 0.75, run: "run-1", time: 1),
        doubts: [2: 0.25, 7: 1]))
    #expect(
      Event(report)
        == .proposed(
          key, ColouredCells(TiledLabels(cells)), uncertainty: 0.5, quality: 0.75,
          by: "run-1", doubts: [2: 0.25, 7: 1]))
  }

  @Test(.mustEnd)
  func `told to stop while it proposes, the desk keeps what is there and makes no more`()
    async throws
  {
    let folder = URL.temporaryDirectory.appending(path: "aura-desk-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try Self.project(in: folder)
    let events = Mailboxed()
    // Waited for without holding one of the few threads that the run's reports arrive on.
    let (end, isDone) = AsyncStream<Void>.makeStream()
    let desk = Mutex<TrainingService?>(nil)
    let mailbox = Mailbox {
      events.take {
        switch $0 {
        case .proposing(done: 0, _): desk.withLock { $0 }?.stop(after: .now)
        case .proposalsDone, .training(.failed): isDone.finish()
        default: break
        }
      }
    }
    events.open(mailbox)
    defer { events.close() }
    let made = TrainingService(
      store: store, usual: .nothing,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, threads: 1
    ) { mailbox.post(Event($0)) }
    desk.withLock { $0 = made }
    var recipe = Recipe()
    (recipe.architecture, recipe.size, recipe.epochs, recipe.batch) = (.auraNet, 64, 1, 2)
    recipe.validation = 0
    #expect(made.begin(recipe) == [])
    for await _ in end {}
    let proposed = events.all.count { if case .proposed = $0 { true } else { false } }
    #expect(proposed == 1, "\(events.all)")
    #expect(made.finish())
  }

  @Test(.mustEnd)
  func `an encoder alone proposes nothing, and a run from it is planned as from random weights`()
    async throws
  {
    let folder = URL.temporaryDirectory.appending(path: "aura-desk-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try Self.project(in: folder)
    let events = Mailboxed()
    let (end, isDone) = AsyncStream<Void>.makeStream()
    let mailbox = Mailbox { events.take { if case .planned = $0 { isDone.finish() } } }
    events.open(mailbox)
    defer { events.close() }
    let encoder = try WeightsSource(
      .simulatedEncoder, simulated: folder.appending(path: "absent.safetensors"))
    let desk = TrainingService(
      store: store, usual: encoder,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, threads: 1
    ) { mailbox.post(Event($0)) }
    desk.proposeBeforeAnyRun()
    desk.plan(nil)
    for await _ in end {}
    let seen = events.all
    guard case .planned(let estimate)? = seen.last, seen.count == 1 else {
      Issue.record("\(seen)")
      return
    }
    #expect(estimate.recipe.weights == .simulatedEncoder)
    #expect(estimate.recipe.steps == nil)
    #expect(estimate.recipe.learningRate == Recipe().learningRate)
    #expect(desk.finish())
  }

  /// Five small images, the first two accepted.
  private static func project(in folder: URL) throws -> ProjectStore {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var mask = Mask(width: 64, height: 64)
    for row in 20..<40 { mask.fill(row * 64 + 10..<row * 64 + 50, with: true) }
    for name in ["a", "b", "c", "d", "e"] {
      try Data(MaskFile.encode(mask)).write(to: folder.appending(path: "\(name).png"))
    }
    let store = try ProjectStore.open(images: folder)
    for name in ["a.png", "b.png"] {
      try store.decide(
        Decision(image: ImageKey(name), state: .accepted, time: 1, score: nil), mask: mask)
    }
    return store
  }
}

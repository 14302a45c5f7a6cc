import Foundation
import Imaging
import Logging
import Project
import Synchronization
import Testing
import Workbench

@testable import aura

/// The thread behind the screen that trains and proposes.
struct TrainingDeskTests {
  @Test(.timeLimit(.minutes(6)))
  func `told to stop while it proposes, the desk keeps what is there and makes no more`()
    async throws
  {
    let folder = URL.temporaryDirectory.appending(path: "aura-desk-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try Self.project(in: folder)
    let events = Mutex<[Event]>([])
    // Waited for without holding one of the few threads that the run's reports arrive on.
    let (end, isDone) = AsyncStream<Void>.makeStream()
    let desk = Mutex<TrainingDesk?>(nil)
    let box = Mutex<Mailbox?>(nil)
    let mailbox = Mailbox {
      for event in box.withLock({ $0?.drain() ?? [] }) {
        events.withLock { $0.append(event) }
        switch event {
        case .training(.proposing(done: 0, _)): desk.withLock { $0 }?.stop(.now)
        case .training(.proposalsDone), .training(.failed): isDone.finish()
        default: break
        }
      }
    }
    box.withLock { $0 = mailbox }
    let made = TrainingDesk(
      store: store, mailbox: mailbox,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      threads: 1)
    desk.withLock { $0 = made }
    var recipe = Recipe()
    (recipe.architecture, recipe.size, recipe.epochs, recipe.batch) = ("aura-net", 64, 1, 2)
    recipe.validation = 0
    #expect(made.start(recipe) == [])
    for await _ in end {}
    let proposed = events.withLock { events in
      events.count { if case .proposed = $0 { true } else { false } }
    }
    #expect(proposed == 1, "\(events.withLock { $0 })")
    #expect(made.finish())
    box.withLock { $0 = nil }
  }

  @Test(.timeLimit(.minutes(6)))
  func `an encoder alone proposes nothing, and a run from it is planned as from random weights`()
    async throws
  {
    let folder = URL.temporaryDirectory.appending(path: "aura-desk-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try Self.project(in: folder)
    let events = Mutex<[Event]>([])
    let (end, isDone) = AsyncStream<Void>.makeStream()
    let box = Mutex<Mailbox?>(nil)
    let mailbox = Mailbox {
      for event in box.withLock({ $0?.drain() ?? [] }) {
        events.withLock { $0.append(event) }
        if case .planned = event { isDone.finish() }
      }
    }
    box.withLock { $0 = mailbox }
    let encoder = try WeightsSource(
      .simulatedEncoder, simulated: folder.appending(path: "absent.safetensors"))
    let desk = TrainingDesk(
      store: store, mailbox: mailbox,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, weights: encoder, threads: 1)
    desk.proposeBeforeAnyRun()
    desk.plan(nil)
    for await _ in end {}
    let seen = events.withLock { $0 }
    guard case .planned(let estimate)? = seen.last, seen.count == 1 else {
      Issue.record("\(seen)")
      return
    }
    #expect(estimate.recipe.weights == .simulatedEncoder)
    #expect(estimate.recipe.steps == nil)
    #expect(estimate.recipe.learningRate == Recipe().learningRate)
    #expect(desk.finish())
    box.withLock { $0 = nil }
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

import Dispatch
import Foundation
import Imaging
import Logging
import Project
import Recipes
import TestSupport
import Testing
import Workbench
import Workflows

@testable import Host

/// What is decided is written behind the keys, in order, and nothing else overtakes it.
struct ProjectEffectsTests {
  private static let (a, b) = (ImageKey("a.png"), ImageKey("b.png"))

  /// A project whose recorder does nothing until it is let go.
  private struct Held {
    let folder: TestFolder
    let store: ProjectStore
    let mailbox: Mailbox
    let effects: ProjectEffects
    private let gate = DispatchSemaphore(value: 0)
    private let arrivals = DispatchSemaphore(value: 0)

    init() throws {
      folder = try TestFolder()
      for key in [a, b] { try folder.image(key.text) }
      store = try ProjectStore.open(images: folder.url)
      mailbox = Mailbox { [arrivals] in arrivals.signal() }
      let recorder = Worker(name: "held")
      recorder.perform { [gate] in gate.wait() }
      effects = ProjectEffects(
        store: store, mailbox: mailbox,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        threads: 1, recorder: recorder)
    }

    func letGo() { gate.signal() }

    /// Lets it go while this thread may be waiting for it.
    func letGoSoon() {
      DispatchQueue.global().asyncAfter(deadline: .now() + 0.02) { [gate] in gate.signal() }
    }

    /// The next events, so many of them if they come at all.
    func events(_ count: Int) -> [Event] {
      var events: [Event] = []
      while events.count < count, arrivals.wait(timeout: .now() + 20) == .success {
        events += mailbox.drain()
      }
      return events
    }

    func decide(_ key: ImageKey, _ state: ReviewState, area: Int?) -> [Event] {
      effects.perform(
        .decide(
          Decision(image: key, state: state, time: 1), area.map { TiledMask(Mask.leading($0)) }))
    }

    /// The project as one finds it who opens it later.
    func reopened() throws -> ProjectStore {
      store.close()
      return try ProjectStore.open(images: folder.url)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a decision holds no key up, and is answered when it is on disk`() throws {
    let held = try Held()
    #expect(held.decide(Self.a, .accepted, area: 7) == [])
    #expect(held.decide(Self.b, .rejected, area: nil) == [])
    // A stroke does not wait for them.
    #expect(held.effects.perform(.record(.undo, Self.b)) == [])
    #expect(held.store.strokes(of: Self.b) == [.undo])
    #expect(held.store.entries.map(\.state) == [.new, .new])
    #expect(held.mailbox.drain() == [])
    held.letGo()
    #expect(held.events(2) == [.saved(Self.a), .saved(Self.b)])
    let store = try held.reopened()
    #expect(store.entries.map(\.state) == [.accepted, .rejected])
    #expect(try store.acceptedMask(of: Self.a)?.area == 7)
  }

  @Test(.timeLimit(.minutes(1)))
  func `what was decided is there for an image that is loaded after it`() throws {
    let held = try Held()
    _ = held.decide(Self.a, .accepted, area: 7)
    _ = held.effects.perform(.load(Self.a))
    held.letGo()
    let image = try ImageFile.read(held.folder.url.appending(path: Self.a.text))
    let prepared = OpenImage(
      image: image, accepted: .leading(7), proposal: nil, strokes: [])
    #expect(held.events(2) == [.saved(Self.a), .loaded(Self.a, prepared)])
  }

  @Test(.timeLimit(.minutes(1)))
  func `leaving and stopping wait for what was decided`() throws {
    for isLeaving in [true, false] {
      let held = try Held()
      _ = held.decide(Self.a, .accepted, area: 7)
      held.letGoSoon()
      if isLeaving {
        #expect(held.effects.finish() == [])
      } else {
        #expect(held.effects.perform(.suspend) == [])
      }
      let store = try held.reopened()
      #expect(store.entry(of: Self.a).state == .accepted)
      #expect(try store.acceptedMask(of: Self.a)?.area == 7)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a decision that cannot be written is told of, in its turn and in leaving`() throws {
    let held = try Held()
    // A file where the masks would be.
    try held.folder.write(Data(), to: ".aura/masks")
    _ = held.decide(Self.a, .accepted, area: 7)
    _ = held.decide(Self.b, .rejected, area: nil)
    held.letGo()
    let events = held.events(2)
    guard case .failed(let trouble, let text) = events.first else {
      Issue.record("\(events)")
      return
    }
    #expect(trouble == .decision(Self.a))
    #expect(events.last == .saved(Self.b))
    _ = held.decide(Self.a, .corrected, area: 8)
    #expect(held.effects.finish() == [text])
    #expect(try held.reopened().entries.map(\.state) == [.new, .rejected])
  }

  @Test(.timeLimit(.minutes(1)))
  func `a run that is started sees the masks that were accepted before`() throws {
    let held = try Held()
    _ = held.decide(Self.a, .accepted, area: 7)
    _ = held.effects.perform(.planTraining(nil))
    held.letGo()
    let events = held.events(2)
    #expect(events.first == .saved(Self.a))
    guard case .planned(let forecast) = events.last else {
      Issue.record("\(events)")
      return
    }
    #expect(forecast.trainingImages + forecast.validationImages == 1)
    #expect(held.effects.finish() == [])
  }
}

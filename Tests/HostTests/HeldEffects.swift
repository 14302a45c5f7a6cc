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

/// A project whose recorder, or whose copier, does nothing until it is let go.
struct HeldEffects {
  /// Its images.
  static let (a, b) = (ImageKey("a.png"), ImageKey("b.png"))

  let folder: TestFolder
  let store: ProjectStore
  let mailbox: Mailbox
  let effects: ProjectEffects
  private let gate = DispatchSemaphore(value: 0)
  private let arrivals = DispatchSemaphore(value: 0)

  init(holdsCopier: Bool = false) throws {
    folder = try TestFolder()
    for key in [Self.a, Self.b] { try folder.image(key.text) }
    store = try ProjectStore.open(images: folder.url)
    mailbox = Mailbox { [arrivals] in arrivals.signal() }
    let (recorder, copier) = (Worker(name: "recorder"), Worker(name: "copier"))
    (holdsCopier ? copier : recorder).perform { [gate] in gate.wait() }
    effects = ProjectEffects(
      store: store, mailbox: mailbox,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      threads: 1, recorder: recorder, copier: copier)
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
        Decision(image: key, state: state, time: 1), area.map { TiledLabels(Mask.leading($0)) }))
  }

  /// Ends, and looks for a stroke on the second image and a decision about the first in a copy of the labels.
  func expectInCopy(_ copy: String) throws {
    #expect(effects.finish() == [])
    let store = try ProjectStore.open(
      images: folder.url, project: URL(filePath: copy), access: .readOnly)
    #expect(store.strokes(of: Self.b) == [.undo])
    #expect(try store.acceptedCells(of: Self.a)?.mask.area == 7)
  }

  /// The project as one finds it who opens it later.
  func reopened() throws -> ProjectStore {
    store.close()
    return try ProjectStore.open(images: folder.url)
  }
}

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

/// What the queue's A and U ask for is written, and answered.
struct AcceptanceDeskTests {
  private static let (a, b) = (ImageKey("a.png"), ImageKey("b.png"))

  private let folder: TestFolder
  private let store: ProjectStore
  private let mailbox = Mailbox {}
  private let recorder = Worker(name: "recorder")
  private let desk: AcceptanceDesk

  init() throws {
    folder = try TestFolder()
    for key in [Self.a, Self.b] { try folder.image(key.text) }
    store = try ProjectStore.open(images: folder.url)
    for (key, quality) in [(Self.a, 0.9), (Self.b, 0.3)] {
      try store.propose(
        .leading(7),
        Proposal(image: key, uncertainty: 0.1, quality: quality, run: "ft-01", time: 1))
    }
    desk = AcceptanceDesk(
      store: store, mailbox: mailbox,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, recorder: recorder)
  }

  private func answers() -> [Event] {
    recorder.result {}
    return mailbox.drain()
  }

  @Test func `proposals above the figure are accepted, and taken back`() {
    desk.accept(above: 0.8)
    #expect(
      answers() == [
        .acceptedAbove(
          [store.entry(of: Self.a)],
          "1 proposal accepted, 1 left; U in the queue takes that back.")
      ])
    #expect(store.entries.map(\.state) == [.accepted, .proposed])
    desk.takeBack()
    #expect(
      answers() == [
        .acceptedAbove(
          [store.entry(of: Self.a)], "1 image proposed again.")
      ])
    #expect(store.entries.map(\.state) == [.proposed, .proposed])
    desk.takeBack()
    #expect(
      answers() == [
        .acceptedAbove([], "Nothing that was accepted by a figure is left to take back.")
      ])
  }

  @Test func `what the disk refuses is told, with where the images stand`() {
    store.close()
    desk.accept(above: 0.8)
    let events = answers()
    #expect(events.first == .acceptedAbove(store.entries, nil))
    #expect(store.entries.map(\.state) == [.proposed, .proposed])
    guard case .failed(.acceptance, _) = events.last else {
      Issue.record("\(events)")
      return
    }
  }
}

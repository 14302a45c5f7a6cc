import Recipes
import Synchronization
import Workbench

@testable import Host

/// Keeps what arrives in a mailbox.
final class Mailboxed: Sendable {
  private let events = Mutex<[Event]>([])
  private let box = Mutex<Mailbox?>(nil)

  /// All so far.
  var all: [Event] { events.withLock(\.self) }

  /// Names the mailbox, whose `wake` calls `take`.
  func open(_ mailbox: Mailbox) { box.withLock { $0 = mailbox } }

  /// Lets go of the mailbox, which holds this by its `wake`.
  func close() { box.withLock { $0 = nil } }

  /// Takes what is new and looks at each.
  func take(_ look: (Event) -> Void) {
    for event in box.withLock({ $0?.drain() ?? [] }) {
      events.withLock { $0.append(event) }
      look(event)
    }
  }
}

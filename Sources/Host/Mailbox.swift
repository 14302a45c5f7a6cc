import Synchronization
import Workbench

/// Where other threads leave events for the loop; each delivery wakes it.
final class Mailbox: Sendable {
  private let events = Mutex<[Event]>([])
  private let wake: @Sendable () -> Void

  /// Calls `wake` after an event is left, on the thread that left it.
  init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  /// Leaves an event.
  func post(_ event: Event) {
    events.withLock { $0.append(event) }
    wake()
  }

  /// Takes what was left, oldest first.
  func drain() -> [Event] {
    events.withLock { events in
      defer { events = [] }
      return events
    }
  }
}

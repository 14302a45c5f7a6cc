import Dispatch
import Synchronization

/// The values of an asynchronous stream for a thread that may wait for them.
struct Arrivals<Element: Sendable>: Sequence, IteratorProtocol {
  private let inbox = Inbox<Element>()

  /// Starts to listen.
  init(of stream: AsyncStream<Element>) {
    let inbox = inbox
    Task {
      for await element in stream { inbox.put(element) }
      inbox.put(nil)
    }
  }

  /// The next value, waited for; nil after the last.
  mutating func next() -> Element? { inbox.take() }
}

/// Values between two threads; nil is the last.
private final class Inbox<Element: Sendable>: Sendable {
  private let waiting = Mutex<[Element?]>([])
  private let ready = DispatchSemaphore(value: 0)

  func put(_ element: Element?) {
    waiting.withLock { $0.append(element) }
    ready.signal()
  }

  func take() -> Element? {
    ready.wait()
    return waiting.withLock { $0.removeFirst() }
  }
}

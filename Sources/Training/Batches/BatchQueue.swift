import Basics
import Dispatch
import Foundation
import Synchronization

/// Where the batches of a run come from: what each step has is said in order, and made in any.
///
/// What a step has follows from the settings and the steps before it alone, so that a run goes on where
/// it was broken off by passing over what was done.
protocol BatchSource: Sendable {
  /// What says how a batch is made, whatever was made before.
  associatedtype Order: Sendable

  /// How many batches are made ahead of their use, at most.
  static var ahead: Int { get }

  /// The next order; none after the last.
  mutating func next() -> Order?

  func make(_ order: Order) -> Batch
}

extension BatchSource {
  /// Passes over the orders of steps that are done.
  mutating func skip(_ steps: Int) {
    for _ in 0..<steps { guard next() != nil else { return } }
  }
}

/// Makes the batches of steps ahead of their use, on threads that stand back behind the trainer's.
///
/// However the threads are scheduled, what they make comes in the order of the steps, and is the same.
final class BatchQueue<Source: BatchSource>: Sendable {
  private struct State {
    var source: Source
    var ready: [Int: Batch] = [:]
    var ordered = 0
    var next = 0
    var isClosed = false
  }

  private let state: Mutex<State>
  private let room = DispatchSemaphore(value: 0)
  private let ready = DispatchSemaphore(value: 0)
  private let threads: Int

  /// Starts to make them from the source's next step on, of which at most `ahead` are kept.
  init(_ source: Source, threads: Int = 1, ahead: Int = Source.ahead) {
    state = Mutex(State(source: source))
    self.threads = threads
    for _ in 0..<max(threads, ahead) { room.signal() }
    for _ in 0..<threads {
      let thread = Thread { [self] in work() }
      thread.name = "batches"
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  /// The next step's batch, waited for.
  ///
  /// - Precondition: there is a next step, and the queue is not closed.
  func next() -> Batch {
    while true {
      let made = state.withLock { state -> Batch? in
        guard let made = state.ready.removeValue(forKey: state.next) else { return nil }
        state.next += 1
        return made
      }
      if let made {
        room.signal()
        return made
      }
      ready.wait()
    }
  }

  /// How many steps' are made and not taken.
  var waiting: Int { state.withLock(\.ready.count) }

  /// Ends the threads after what they have in hand.
  func close() {
    state.withLock { $0.isClosed = true }
    for _ in 0..<threads { room.signal() }
  }

  private func work() {
    // Behind the engine's threads, which wait for nothing else than batches.
    Niceness.add(5)
    while true {
      room.wait()
      let next = state.withLock { state -> (source: Source, order: Source.Order, place: Int)? in
        guard !state.isClosed, let order = state.source.next() else { return nil }
        defer { state.ordered += 1 }
        return (state.source, order, state.ordered)
      }
      guard let (source, order, place) = next else { return }
      let made = source.make(order)
      state.withLock { $0.ready[place] = made }
      ready.signal()
    }
  }
}

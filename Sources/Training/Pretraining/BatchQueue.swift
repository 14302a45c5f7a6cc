import Dispatch
import Foundation
import Synchronization

/// Makes the batches of steps ahead of their use, on threads that stand back behind the trainer's.
///
/// However the threads are scheduled, batches come in the order of the steps, and each is the same.
final class BatchQueue: Sendable {
  private struct State {
    var steps: SimulatedSteps
    var ready: [Int: Batch] = [:]
    var next: Int
    var isClosed = false
  }

  private let state: Mutex<State>
  private let room = DispatchSemaphore(value: 0)
  private let made = DispatchSemaphore(value: 0)
  private let threads: Int

  /// Starts to make batches.
  ///
  /// - Parameters:
  ///   - steps: What to make.
  ///   - first: The index of its first step.
  ///   - threads: How many threads make them.
  ///   - ahead: How many are kept, at most.
  init(_ steps: SimulatedSteps, from first: Int, threads: Int = 1, ahead: Int = 8) {
    state = Mutex(State(steps: steps, next: first))
    self.threads = threads
    for _ in 0..<max(threads, ahead) { room.signal() }
    for _ in 0..<threads {
      let thread = Thread { [self] in work() }
      thread.name = "simulation"
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  /// The batch of the next step, waited for.
  ///
  /// - Precondition: there is a next step, and the queue is not closed.
  func next() -> Batch {
    while true {
      let batch = state.withLock { state -> Batch? in
        guard let batch = state.ready.removeValue(forKey: state.next) else { return nil }
        state.next += 1
        return batch
      }
      if let batch {
        room.signal()
        return batch
      }
      made.wait()
    }
  }

  /// How many batches are made and not taken.
  var waiting: Int { state.withLock(\.ready.count) }

  /// Ends the threads after what they have in hand.
  func close() {
    state.withLock { $0.isClosed = true }
    for _ in 0..<threads { room.signal() }
  }

  private func work() {
    // Linux counts niceness by thread; where that fails the work is just as right.
    _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
    while true {
      room.wait()
      let order = state.withLock { state -> (SimulatedSteps, SimulatedSteps.Step)? in
        guard !state.isClosed, let step = state.steps.next() else { return nil }
        return (state.steps, step)
      }
      guard let (steps, step) = order else { return }
      let batch = steps.batch(of: step)
      state.withLock { $0.ready[step.index] = batch }
      made.signal()
    }
  }

  /// Behind the engine's threads, which wait for nothing else than batches.
  private static let niceness: Int32 = 5
}

import Basics
import Dispatch
import Foundation
import Synchronization

/// A thread of its own that does one job after the other, with the 8 MB of stack that networks and
/// decoders are used to; a pool's threads have half a megabyte.
public final class Worker: Sendable {
  private struct State {
    var jobs: [@Sendable () -> Void] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let ready = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)

  /// Starts the thread, which a debugger shows by its name; `niceness` is how much it, and every thread
  /// that it makes, stands back behind the screen: 0 not at all, 19 entirely.
  public init(name: String, niceness: Int32 = 0) {
    let thread = Thread { [self] in
      if niceness > 0 { Niceness.add(niceness) }
      work()
    }
    thread.name = name
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Does a job after those that wait already.
  public func perform(_ job: @escaping @Sendable () -> Void) {
    state.withLock { $0.jobs.append(job) }
    ready.signal()
  }

  /// Does a job after those that wait already, and waits for what it gives.
  public func result<Value: Sendable>(of job: @escaping @Sendable () -> Value) -> Value {
    let answer = Answer<Value>()
    perform { answer.give(job()) }
    return answer.wait()
  }

  /// Drops the jobs that wait and ends the thread after the one in hand.
  ///
  /// - Returns: whether it ended in so many seconds.
  @discardableResult
  public func close(waiting seconds: Double) -> Bool {
    state.withLock {
      $0.jobs = []
      $0.isClosed = true
    }
    ready.signal()
    return done.wait(timeout: .now() + seconds) == .success
  }

  private func work() {
    while true {
      ready.wait()
      let (job, isClosed) = state.withLock { state in
        (state.jobs.isEmpty ? nil : state.jobs.removeFirst(), state.isClosed)
      }
      job?()
      if isClosed { break }
    }
    done.signal()
  }
}

/// A value that one thread waits for and another gives.
private final class Answer<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let isGiven = DispatchSemaphore(value: 0)

  func give(_ value: Value) {
    self.value.withLock { $0 = value }
    isGiven.signal()
  }

  func wait() -> Value {
    isGiven.wait()
    guard let value = value.withLock(\.self) else { preconditionFailure("nothing was given") }
    return value
  }
}

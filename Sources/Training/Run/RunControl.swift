import Dispatch
import Recipes
import Synchronization

/// What other threads tell a run, which looks at it between two batches.
final class RunControl: Sendable {
  private struct State {
    var isPaused = false
    var stop: RunStop?
  }

  private let state = Mutex(State())
  private let wakeUp = DispatchSemaphore(value: 0)

  /// Asks the run to wait, or to go on.
  func setPaused(_ isPaused: Bool) {
    state.withLock { $0.isPaused = isPaused }
    wakeUp.signal()
  }

  /// Asks the run to end; what was asked first can be made sooner but not later.
  func stop(after point: RunStop) {
    state.withLock { if $0.stop != .now { $0.stop = point } }
    wakeUp.signal()
  }

  /// What was asked about stopping.
  var stop: RunStop? { state.withLock { $0.stop } }

  /// Whether the run shall wait; a run that is told to stop does not.
  var isHeld: Bool { state.withLock { $0.isPaused && $0.stop != .now } }

  /// Blocks as long as the run shall wait.
  func waitWhileHeld() {
    while isHeld { wakeUp.wait() }
  }
}

import Foundation
import Recipes
import Synchronization
public import Training

/// What asks long work to end: the run in hand with its checkpoint written, the rest between two images.
public final class StopRequest: Sendable {
  private struct State {
    var number: Int32?
    var run: Run?
  }

  private let state = Mutex(State())

  /// Nothing is asked yet.
  public init() {}

  /// The first signal that asked, if one did.
  public var number: Int32? { state.withLock(\.number) }

  /// Whether a run is in hand, rather than what comes before or after one.
  public var isTraining: Bool { state.withLock { $0.run != nil } }

  /// The run in hand, which a signal stops; nil while none is.
  public func train(_ run: Run?) {
    let isStopped = state.withLock { state in
      state.run = run
      return state.number != nil
    }
    if isStopped { run?.stop(after: .now) }
  }

  /// Notes a signal and stops the run in hand.
  ///
  /// - Returns: whether it is the first one.
  public func ask(_ number: Int32) -> Bool {
    let (isFirst, run) = state.withLock { state in
      guard state.number == nil else { return (false, nil as Run?) }
      state.number = number
      return (true, state.run)
    }
    if isFirst { run?.stop(after: .now) }
    return isFirst
  }
}

import Foundation
import Recipes
import Synchronization
public import Training

/// What asks long work to end: the run in hand with its checkpoint written, the rest between two images.
public final class StopRequest: Sendable {
  private struct State {
    var number: Int32?
    var isFutile = false
    var run: Run?
    /// Whether the run in hand is trained, and only measured.
    var isTrained = false
    var isAsked: Bool { number != nil || isFutile }
  }

  private let state = Mutex(State())

  /// Nothing is asked yet.
  public init() {}

  /// The first signal that asked, if one did.
  public var number: Int32? { state.withLock(\.number) }

  /// Whether the work shall end, by a signal or since it is for nothing.
  public var isAsked: Bool { state.withLock(\.isAsked) }

  /// Whether a run is being trained, rather than what comes before or after that.
  public var isTraining: Bool { state.withLock { $0.run != nil && !$0.isTrained } }

  /// The run in hand, which a signal stops; nil while none is.
  public func train(_ run: Run?, isTrained: Bool = false) {
    let isStopped = state.withLock { state in
      state.run = run
      state.isTrained = isTrained
      return state.isAsked
    }
    if isStopped { run?.stop(after: .now) }
  }

  /// Ends the work whose results cannot be told.
  public func giveUp() {
    let run = state.withLock { state in
      state.isFutile = true
      return state.run
    }
    run?.stop(after: .now)
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

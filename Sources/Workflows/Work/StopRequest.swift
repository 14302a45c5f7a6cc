import Foundation
import Recipes
import Synchronization
public import Training

/// What asks long work to end: the run in hand with its checkpoint written, the rest between two images.
public final class StopRequest: Sendable {
  /// How far the work has come that a run is part of.
  public enum Phase: Sendable {
    /// No run is in hand yet.
    case before
    /// A run is being trained.
    case training
    /// A run is trained, and at most being measured.
    case after
  }

  private struct State {
    var number: Int32?
    var isFutile = false
    var run: Run?
    var phase = Phase.before
    var isAsked: Bool { number != nil || isFutile }
  }

  private let state = Mutex(State())

  /// Nothing is asked yet.
  public init() {}

  /// The first signal that asked, if one did.
  public var number: Int32? { state.withLock(\.number) }

  /// Whether the work shall end, by a signal or since it is for nothing.
  public var isAsked: Bool { state.withLock(\.isAsked) }

  /// How far it has come.
  public var phase: Phase { state.withLock(\.phase) }

  /// The run in hand, which a signal stops; nil where none is left to train.
  public func train(_ run: Run?, isTrained: Bool = false) {
    let isStopped = state.withLock { state in
      state.run = run
      state.phase = run == nil || isTrained ? .after : .training
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

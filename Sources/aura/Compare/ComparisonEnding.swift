import Foundation
import Recipes
import Synchronization
import Training

/// What signals ask of a comparison: to end, and to end at once.
final class ComparisonEnding: Sendable {
  private struct State {
    var number: Int32?
    var run: Run?
  }

  private let state = Mutex(State())

  /// The first signal that asked, if one did.
  var number: Int32? { state.withLock(\.number) }

  /// The run in hand, which a signal stops; nil while none is.
  func train(_ run: Run?) {
    let isStopped = state.withLock { state in
      state.run = run
      return state.number != nil
    }
    if isStopped { run?.stop(after: .now) }
  }

  /// What stops the comparison when a signal asks, as long as it lives.
  ///
  /// Whoever asks twice does not want to wait for the checkpoint: that ends the program.
  func signals() -> Signals {
    Signals([SIGINT, SIGTERM, SIGHUP]) { [self] number in
      guard ask(number) else { Foundation.exit(128 + number) }
      StandardStream.error.line(
        "\naura: stopping; the same command goes on from here")
    }
  }

  /// Notes a signal and stops the run in hand.
  ///
  /// - Returns: whether it is the first one.
  func ask(_ number: Int32) -> Bool {
    let (isFirst, run) = state.withLock { state in
      guard state.number == nil else { return (false, nil as Run?) }
      state.number = number
      return (true, state.run)
    }
    run?.stop(after: .now)
    return isFirst
  }
}

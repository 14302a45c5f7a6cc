import Foundation
import Recipes
import Synchronization
import Training

/// What signals ask of a run and its scoring: to end, and to end at once.
final class RunEnding: Sendable {
  private struct State {
    var number: Int32?
    var isTrained = false
  }

  private let state = Mutex(State())

  /// The first signal that asked, if one did.
  var number: Int32? { state.withLock(\.number) }

  /// From now on only the scores are to come.
  func trainingIsDone() { state.withLock { $0.isTrained = true } }

  /// What stops a run with its checkpoint written when a signal asks to end, as long as it lives.
  ///
  /// Whoever asks twice does not want to wait for the checkpoint: that ends the program.
  func signals(stopping run: Run) -> Signals {
    Signals([SIGINT, SIGTERM, SIGHUP]) { [self] number in
      guard let note = ask(number) else { Foundation.exit(128 + number) }
      StandardStream.error.line("\naura: \(note)")
      run.stop(after: .now)
    }
  }

  /// Notes a signal.
  ///
  /// - Returns: what to tell the user; nil where another one asked before.
  func ask(_ number: Int32) -> String? {
    state.withLock { state in
      guard state.number == nil else { return nil }
      state.number = number
      return state.isTrained
        ? "stopping; the weights are written, their scores are not (aura evaluate makes them)"
        : "stopping; the checkpoint is being written"
    }
  }
}

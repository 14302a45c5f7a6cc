import Dispatch
import Foundation
public import Workflows

/// What would end the program and asks it to stop instead.
public final class Signals {
  private let sources: [any DispatchSourceSignal]

  /// Stops a request's work when a signal asks to end, as long as this object lives, and says on standard
  /// error what that means, which `told` knows of each phase of the work.
  ///
  /// Whoever asks twice does not want to wait for a checkpoint: that ends the program.
  public init(
    stopping request: StopRequest, told: @escaping @Sendable (StopRequest.Phase) -> String
  ) {
    // Besides people and terminals, those are what queues of jobs send before they kill.
    sources = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGXCPU].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        let phase = request.phase
        // A limit on processor time is told again every second.
        if number == SIGXCPU, request.number == SIGXCPU { return }
        guard request.ask(number) else { Foundation.exit(128 + number) }
        StandardStream.error.write("\n")
        StandardStream.error.line("aura: stopping; \(told(phase))")
      }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
  }

  /// A full disk and a reader that left become errors of the write that met them.
  public static func ignoreWriteSignals() {
    signal(SIGXFSZ, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
  }
}

import Dispatch
import Foundation
public import Workflows

/// Signals as values: what would end the program arrives as a call on a background queue.
public final class Signals {
  private let sources: [any DispatchSourceSignal]

  /// Calls `handler` with the number of each of `numbers` that arrives, as long as this object lives.
  private init(_ numbers: [Int32], handler: @escaping @Sendable (Int32) -> Void) {
    sources = numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { handler(number) }
      source.resume()
      return source
    }
  }

  /// Stops a request's work when a signal asks to end, as long as this object lives, and says on standard
  /// error what that means while a run is in hand and else.
  ///
  /// Whoever asks twice does not want to wait for a checkpoint: that ends the program.
  public convenience init(stopping request: StopRequest, training: String, scoring: String? = nil) {
    self.init([SIGINT, SIGTERM, SIGHUP]) { number in
      let isTraining = request.isTraining
      guard request.ask(number) else { Foundation.exit(128 + number) }
      let text = isTraining ? training : scoring ?? training
      StandardStream.error.line("\naura: stopping; \(text)")
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

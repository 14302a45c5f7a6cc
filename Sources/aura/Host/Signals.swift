import Dispatch
import Foundation

/// Signals as values: what would end the program arrives as a call on a background queue.
final class Signals {
  private let sources: [any DispatchSourceSignal]

  /// Calls `handler` with the number of each of `numbers` that arrives, as long as this object lives.
  init(_ numbers: [Int32], handler: @escaping @Sendable (Int32) -> Void) {
    sources = numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { handler(number) }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
  }

  /// A full disk and a reader that left become errors of the write that met them.
  static func ignoreWriteSignals() {
    signal(SIGXFSZ, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
  }
}

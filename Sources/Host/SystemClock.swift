import Foundation

/// The machine's clocks.
struct SystemClock: Clock, Sendable {
  /// Asks them.
  init() {}

  /// Seconds since the machine started.
  var monotonic: Double { ProcessInfo.processInfo.systemUptime }
  /// Seconds since 1970.
  var secondsSince1970: Double { Date().timeIntervalSince1970 }
}

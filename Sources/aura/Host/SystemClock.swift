import Foundation

/// The machine's clocks.
struct SystemClock: Clock {
  var monotonic: Double { ProcessInfo.processInfo.systemUptime }
  var secondsSince1970: Double { Date().timeIntervalSince1970 }
}

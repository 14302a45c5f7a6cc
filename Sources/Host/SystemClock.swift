import Foundation

/// The machine's clocks.
public struct SystemClock: Clock, Sendable {
  /// Asks them.
  public init() {}

  /// Seconds since the machine started.
  public var monotonic: Double { ProcessInfo.processInfo.systemUptime }
  /// Seconds since 1970.
  public var secondsSince1970: Double { Date().timeIntervalSince1970 }
}

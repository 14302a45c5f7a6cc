import Foundation
public import Testing

/// How long is waited for something that may never come: sanitizers slow a training down by twenty.
public enum Patience {
  /// Minutes.
  public static let minutes =
    ProcessInfo.processInfo.environment["AURA_SANITIZE"] == nil ? 10 : 90
  /// The same in seconds.
  public static let seconds = Double(60 * minutes)
}

extension Trait where Self == TimeLimitTrait {
  /// Fails what waits longer than `Patience` says.
  public static var mustEnd: Self { .timeLimit(.minutes(Patience.minutes)) }
}

/// A run of a comparison whose loss was no number any more.
public struct BrokenRun: Hashable, Sendable {
  /// The run.
  public let run: ComparisonRun
  /// Why it broke off: one line.
  public let reason: String

  /// Joins both.
  public init(run: ComparisonRun, reason: String) {
    self.run = run
    self.reason = reason
  }
}

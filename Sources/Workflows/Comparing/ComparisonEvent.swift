public import Comparison
public import Project
public import Recipes

/// What a comparison reports while it goes.
public enum ComparisonEvent: Sendable {
  /// It starts: the runs that are to be done, how many the plan has, and what a line search adds.
  case begun([Share], planned: Int, ahead: Ahead)
  /// The line search has come to more runs.
  case added([Share])
  /// A run reports.
  case training(ComparisonRun, RunEvent)
  /// A run has its scores.
  case scored(ComparisonRun, [ImageScore])
  /// A run broke off.
  case failed(ComparisonRun, reason: String)

  /// A run with how much it computes, in thousand million operations.
  public struct Share: Sendable {
    /// The run.
    public let run: ComparisonRun
    /// How much it computes.
    public let work: Double
  }

  /// What a line search takes: its trainings are not known before they are due.
  public struct Ahead: Sendable {
    /// How many trainings at most.
    public internal(set) var runs = 0
    /// How many of them are done.
    public internal(set) var done = 0
    /// How much one computes.
    public internal(set) var work = 0.0

    /// Nothing ahead.
    public init() {}

    init(runs: Int, done: Int, work: Double) {
      (self.runs, self.done, self.work) = (runs, done, work)
    }
  }
}

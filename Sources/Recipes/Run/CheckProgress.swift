/// How far the cross-validation of a run is.
public struct CheckProgress: Equatable, Sendable {
  /// The training in hand, from 1.
  public var fold: Int
  /// How many trainings there are.
  public var folds: Int
  /// Steps done in all trainings.
  public var step: Int
  /// Steps of all trainings.
  public var steps: Int

  /// Tells how far it is.
  public init(fold: Int, folds: Int, step: Int, steps: Int) {
    (self.fold, self.folds, self.step, self.steps) = (fold, folds, step, steps)
  }

  /// `fold 2 of 3`.
  public var text: String { "fold \(fold) of \(folds)" }

  /// Steps done over steps to do, 0...1.
  public var fraction: Double { min(1, Double(step) / Double(max(1, steps))) }
}

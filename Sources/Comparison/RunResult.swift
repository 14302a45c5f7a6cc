public import Project
public import Recipes

/// What a finished run of a comparison gave.
public struct RunResult: Equatable, Sendable {
  /// The run.
  public let run: ComparisonRun
  /// Its settings.
  public let recipe: Recipe
  /// A score a test image, in the order of the table.
  public let scores: [ImageScore]
  /// Its epochs.
  public let history: [EpochRecord]

  /// Joins them.
  public init(
    run: ComparisonRun, recipe: Recipe, scores: [ImageScore], history: [EpochRecord]
  ) {
    self.run = run
    self.recipe = recipe
    self.scores = scores
    self.history = history
  }
}

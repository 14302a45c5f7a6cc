public import Project
public import Recipes

/// One training of a comparison: a recipe with a seed on a fold.
public struct ComparisonRun: Hashable, Sendable {
  /// The recipe's name.
  public let recipe: String
  /// What starts its random choices.
  public let seed: UInt64
  /// The fold that is tested on, from 1; nil where the images are divided once.
  public let fold: Int?

  /// Names a run.
  public init(recipe: String, seed: UInt64, fold: Int? = nil) {
    self.recipe = recipe
    self.seed = seed
    self.fold = fold
  }

  /// What its folder is called: `aura-net-seed0`, `aura-net-seed0-fold2`.
  public var name: String { "\(recipe)-seed\(seed)" + (fold.map { "-fold\($0)" } ?? "") }
}

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
}

/// A run of a comparison whose loss was no number any more.
public struct BrokenRun: Hashable, Sendable {
  /// The run.
  public let run: ComparisonRun
  /// Why it broke off: one line.
  public let reason: String
}

public import Recipes

extension Beginning {
  /// How long a run from random weights is to take, which has all to learn.
  public enum Pace: Sendable {
    /// Minutes, as long as somebody waits before a screen: 60 steps and 12 more a label.
    case minutes
    /// As many passes over the images as in the paper: hours.
    case paper
  }

  /// Which settings a run is to have.
  public enum Settings: Sendable {
    /// The project's own, or those that suit the labels.
    case usual
    /// What somebody made of a plan.
    case edited(Recipe)
    /// A recipe that was named: taken as it is, with its weights.
    case named(Recipe)
  }

  /// What was asked of a run.
  public struct Wish {
    /// Its settings.
    public var settings: Settings
    /// The weights to begin with, where they were named.
    public var weights: StartingWeights?
    /// How long it may take from random weights.
    public var pace: Pace
    /// Whether the warm-up was asked for, so that it stays as it is.
    public var asksForWarmup: Bool
    /// What single options change in the settings.
    public var change: (Recipe) throws(RecipeError) -> Recipe

    /// Asks for what is given, and leaves all else to the policy.
    public init(
      settings: Settings = .usual, weights: StartingWeights? = nil, pace: Pace = .minutes,
      asksForWarmup: Bool = false,
      change: @escaping (Recipe) throws(RecipeError) -> Recipe = { $0 }
    ) {
      self.settings = settings
      self.weights = weights
      self.pace = pace
      self.asksForWarmup = asksForWarmup
      self.change = change
    }
  }
}

extension Beginning.Settings {
  /// The recipe, where there is one.
  var recipe: Recipe? {
    switch self {
    case .usual: nil
    case .edited(let recipe), .named(let recipe): recipe
    }
  }

  /// Whether they are taken as they are.
  var isNamed: Bool {
    if case .named = self { true } else { false }
  }

  /// The weights that a named recipe asks for.
  var namedWeights: StartingWeights? {
    if case .named(let recipe) = self { recipe.weights } else { nil }
  }
}

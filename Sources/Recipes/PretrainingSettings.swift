/// Everything that a pretraining needs besides starting weights; kept as `pretraining.json`.
public struct PretrainingSettings: Settable {
  /// The network, Adam's highest learning rate, the seed, the loss, and images in a step at the smallest
  /// size; nothing else of it counts.
  public var recipe: Recipe
  /// Sides of the images in pixels; each step has one of them.
  public var sizes = [128, 192, 256]
  /// Steps in all.
  public var steps = 20_000
  /// Steps in which the learning rate rises to its highest.
  public var warmup = 500
  /// How much of the mean of the weights stays at a step, once it is run in.
  public var averaging = 0.999
  /// Steps between two validations: an epoch.
  public var validationInterval = 1_000

  /// The settings that were found to work.
  public init() {
    recipe = Recipe()
    recipe.batch = 8
    recipe.learningRate = 1e-3
  }

  /// Its own settings, and those of the recipe in it.
  public static let settings: [Setting<PretrainingSettings>] =
    [
      Setting("steps", \.steps, .whole(1...10_000_000), "Steps in all."),
      Setting(
        "sizes", \.sizes, .sides(16...1024),
        "Sides of the images, one of them a step."),
      Setting(
        "warmup", \.warmup, .whole(0...1_000_000, name: "steps"),
        "Steps in which the learning rate rises to its highest; it then falls along a cosine to 0."),
      Setting(
        "averaging", \.averaging, .share, option: "ema",
        "How much of the running mean of the weights stays at a step."),
      Setting(
        "validationInterval", \.validationInterval, .whole(1...10_000_000, name: "steps"),
        option: "validate-every", "Steps between two validations."),
    ] + Recipe.settings.map { $0.within(\.recipe, group: "recipe") }

  /// The recipe that other programs find beside the weights: the largest size, an epoch a validation,
  /// nothing held out and the weights of the end.
  public var summary: Recipe {
    var recipe = recipe(at: sizes.max() ?? recipe.size)
    recipe.batch = self.recipe.batch
    recipe.epochs = (steps + validationInterval - 1) / max(1, validationInterval)
    recipe.validation = 0
    recipe.keep = .last
    recipe.augmentation = .none
    return recipe
  }

  /// How many images a step at a size has: about as many pixels as at the smallest, but at least two,
  /// over which batch norm takes its statistics.
  public func count(at side: Int) -> Int {
    let smallest = Double(sizes.min() ?? side)
    let share = smallest * smallest / Double(side * side)
    return max(2, Int((Double(recipe.batch) * share).rounded()))
  }

  /// The recipe of the steps at a size.
  public func recipe(at side: Int) -> Recipe {
    var recipe = recipe
    recipe.size = side
    recipe.batch = count(at: side)
    return recipe
  }
}

/// A recipe that can be trained with on so many labelled images: checked once, when it is made.
///
/// Whoever takes one need not look again. Its settings are read as those of the recipe.
@dynamicMemberLookup
public struct CheckedRecipe: Equatable, Sendable {
  /// The settings.
  public let recipe: Recipe
  /// Labelled images.
  public let labels: Int

  /// Checks the settings of a run on so many labelled images.
  ///
  /// `multiple` says by what the deepest layer of another network than the recipe's is smaller: of those of
  /// tests, which may be smaller than any of the catalogue.
  ///
  /// - Throws: `RecipeError` naming the first thing that cannot be.
  public init(_ recipe: Recipe, labels: Int, multiple: Int? = nil) throws(RecipeError) {
    if multiple == nil { try recipe.checkSize() }
    let multiple = multiple ?? recipe.architecture.multiple
    try recipe.checkLimits()
    guard labels > 0 else { throw .noLabels }
    (self.recipe, self.labels) = (recipe, labels)
    let optimisation = recipe.optimisation
    let steps = length.steps
    guard optimisation.warmup <= steps else { throw .warmup(optimisation.warmup, steps: steps) }
    if optimisation.simulatedShare > 0 { try recipe.checkSimulated() }
    // Batch norm needs two values a channel.
    let isAlone = recipe.imagesPerStep(labels: labels) == 1 && recipe.stepSide == multiple
    guard !isAlone || optimisation.batchNorm == .frozen else {
      throw .tooSmall(size: recipe.stepSide, multiple: multiple)
    }
  }

  /// A setting.
  public subscript<Value>(dynamicMember path: KeyPath<Recipe, Value>) -> Value {
    recipe[keyPath: path]
  }

  /// Its steps and epochs.
  public var length: RunLength { RunLength(recipe, trainingImages: labels) }
}

/// Settings that can be pretrained with: checked once, when this is made.
@dynamicMemberLookup
public struct CheckedPretraining: Equatable, Sendable {
  /// The settings.
  public let settings: PretrainingSettings
  /// The recipes of the steps, one a size, in the settings' order.
  public let recipes: [CheckedRecipe]

  /// Checks the settings, for another network than the recipe's as `CheckedRecipe` does.
  ///
  /// - Throws: `RecipeError` naming the first thing that cannot be.
  public init(_ settings: PretrainingSettings, multiple: Int? = nil) throws(RecipeError) {
    if multiple == nil {
      for side in settings.sizes { try settings.recipe(at: side).checkSize() }
    }
    try settings.checkLimits()
    guard settings.recipe.batch > 1 else {
      throw .value(
        "recipe.batch", found: "\(settings.recipe.batch)",
        advice: "at least 2 images, over which batch norm takes its statistics, please")
    }
    guard settings.warmup <= settings.steps else {
      throw .warmup(settings.warmup, steps: settings.steps)
    }
    self.settings = settings
    recipes = try settings.sizes.map { side throws(RecipeError) in
      try CheckedRecipe(
        settings.recipe(at: side), labels: settings.count(at: side), multiple: multiple)
    }
  }

  /// A setting.
  public subscript<Value>(dynamicMember path: KeyPath<PretrainingSettings, Value>) -> Value {
    settings[keyPath: path]
  }
}

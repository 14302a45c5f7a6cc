/// Settings that can be pretrained with: checked once, when this is made.
@dynamicMemberLookup
public struct CheckedPretraining: Equatable, Sendable {
  /// The settings.
  public let settings: PretrainingSettings
  /// The recipes of the steps, one a size, in the settings' order.
  public let recipes: [CheckedRecipe]

  /// Checks the settings.
  ///
  /// - Throws: `RecipeError` naming the first thing that cannot be.
  public init(_ settings: PretrainingSettings) throws(RecipeError) {
    try self.init(settings, multiple: nil)
  }

  /// Checks them for another network than the recipe's, as `CheckedRecipe` does.
  package init(_ settings: PretrainingSettings, multiple: Int?) throws(RecipeError) {
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
    var recipes: [CheckedRecipe] = []
    for side in settings.sizes {
      recipes.append(
        try CheckedRecipe(
          settings.recipe(at: side), labels: settings.count(at: side), multiple: multiple))
    }
    (self.settings, self.recipes) = (settings, recipes)
  }

  /// A setting.
  public subscript<Value>(dynamicMember path: KeyPath<PretrainingSettings, Value>) -> Value {
    settings[keyPath: path]
  }
}

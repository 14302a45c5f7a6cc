/// A recipe that can be trained with on so many labelled images: checked once, when it is made.
///
/// Whoever takes one need not look again. Its settings are read as those of the recipe.
@dynamicMemberLookup
public struct CheckedRecipe: Equatable, Sendable {
  /// The settings.
  public let recipe: Recipe
  /// Labelled images.
  public let labels: Int

  /// Checks the settings of a run.
  ///
  /// - Parameters:
  ///   - recipe: The settings.
  ///   - labels: Images to train on.
  /// - Throws: `RecipeError` naming the first thing that cannot be.
  public init(_ recipe: Recipe, labels: Int) throws(RecipeError) {
    try self.init(recipe, labels: labels, multiple: nil)
  }

  /// Checks them for another network than the recipe's, whose deepest layer is smaller by a multiple; for
  /// those of tests, which may be smaller than any of the catalogue.
  package init(_ recipe: Recipe, labels: Int, multiple: Int?) throws(RecipeError) {
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
    let isAlone = recipe.imagesPerStep(labels: labels) == 1 && recipe.size == multiple
    guard !isAlone || optimisation.batchNorm == .frozen else {
      throw .tooSmall(size: recipe.size, multiple: multiple)
    }
  }

  /// A setting.
  public subscript<Value>(dynamicMember path: KeyPath<Recipe, Value>) -> Value {
    recipe[keyPath: path]
  }

  /// Its steps and epochs.
  public var length: RunLength { RunLength(recipe, trainingImages: labels) }
}

import Project
import Recipes

extension LineSearch {
  /// A search from the usual values.
  ///
  /// - Parameters:
  ///   - parameters: What is searched, in order.
  ///   - recipes: The recipes of the comparison: it begins with `aura-net`, or else the first that has the
  ///     active contour term.
  /// - Throws: `ComparisonError.plan` where none has it.
  public init(
    over parameters: [SearchParameter], among recipes: [NamedRecipe]
  ) throws(ComparisonError) {
    self.init(
      recipe: try Self.start(among: recipes).name,
      lines: parameters.map { Line($0, $0.usualValues) })
  }

  /// The recipe that a search begins with where none is named.
  static func start(among recipes: [NamedRecipe]) throws(ComparisonError) -> NamedRecipe {
    let start =
      recipes.first { $0.name == "aura-net" && $0.recipe.hasActiveContour }
      ?? recipes.first { $0.recipe.hasActiveContour }
    guard let start else {
      throw .plan(
        "no recipe here has the active contour term (gamma above 0) to search from; name one: "
          + "search: {recipe: ...}")
    }
    return start
  }

  /// Why a search cannot be in a plan; nil where it can.
  func refusal(in plan: ComparisonPlan) -> String? {
    guard let start = plan.recipes.first(where: { $0.name == recipe }) else {
      return "the search begins with '\(recipe)', which is no recipe here; they are "
        + plan.recipes.map(\.name).joined(separator: ", ")
    }
    if plan.division.foldCount != nil {
      return "a search chooses by validation images, which other folds test on; divide once "
        + "(test: 0.3), then compare what was found over folds"
    }
    if start.recipe.validation == 0 {
      return "a search chooses by validation images, and '\(recipe)' holds none back "
        + "(validation: 0)"
    }
    let name = SearchResults.foundName(recipe)
    guard NamedRecipe.isName(name) else {
      return "'\(recipe)' is too long a name to search from; what is found is called '\(name)'"
    }
    if plan.recipes.contains(where: { $0.name == name }) {
      return "what a search finds is called '\(name)'; give that recipe another name"
    }
    return nil
  }
}

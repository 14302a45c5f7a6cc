import Project
public import Recipes

extension ComparisonResults {
  /// The run of a recipe that scored an image: that of the seed, or else the first.
  public func run(of recipe: String, on image: ImageKey, seed: UInt64? = nil) -> RunResult? {
    let scored = runs(of: recipe).filter { run in run.scores.contains { $0.image == image } }
    return scored.first { $0.run.seed == seed } ?? scored.first
  }

  /// The recipes of the plan without a finished run, each with what became of it: why its first run broke
  /// off, or that none is finished yet.
  var unscored: [(name: String, state: String)] {
    plan.recipes.filter { runs(of: $0.name).isEmpty }.map { recipe in
      let reason = broken.first { $0.run.recipe == recipe.name }?.reason
      return (recipe.name, reason.map { "broke off: \($0)" } ?? "not yet")
    }
  }

  /// Some recipes without what the line search found, whose loss is not the others'.
  func planned(_ recipes: [NamedRecipe]) -> [NamedRecipe] {
    recipes.filter { $0.name != search?.found?.name }
  }

  /// Some recipes without those that the paper could not have: found here, or begun with the whole
  /// simulated network.
  func published(_ recipes: [NamedRecipe]) -> [NamedRecipe] {
    planned(recipes).filter { $0.recipe.weights != .simulated }
  }
}

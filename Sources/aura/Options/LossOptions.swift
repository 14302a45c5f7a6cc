public import ArgumentParser
public import Recipes

/// The weights of the loss; what is not given follows the paper.
struct LossOptions: ParsableArguments {
  @Option(help: "BCE against Dice, equation (4) (default: 0.5).")
  var alpha: Double?

  @Option(help: "BCE and Dice together, equation (4) (default: 0.75).")
  var beta: Double?

  @Option(help: "The active contour loss, equation (4) (default: 0.25).")
  var gamma: Double?

  @Option(help: "The area within the active contour loss, equation (1) (default: 5).")
  var lambda: Double?

  @Option(help: "Added under the root of the length, equation (2) (default: 1e-8).")
  var epsilon: Double?

  @Option(
    help: ArgumentHelp(
      "Means or sums in equations (2), (3) (default: mean).", valueName: "mean|sum"))
  var reduction: Reduction?

  /// `base` with what was given on the command line in its place.
  func recipe(over base: Recipe) -> Recipe {
    var recipe = base
    recipe.alpha = alpha ?? base.alpha
    recipe.beta = beta ?? base.beta
    recipe.gamma = gamma ?? base.gamma
    recipe.lambda = lambda ?? base.lambda
    recipe.epsilon = epsilon ?? base.epsilon
    recipe.reduction = reduction ?? base.reduction
    return recipe
  }

  func validate() throws {
    for (name, value) in [
      ("alpha", alpha), ("beta", beta), ("gamma", gamma), ("lambda", lambda),
    ] {
      if let value, !(value >= 0 && value.isFinite) {
        throw ValidationError("--\(name) \(value): 0 or more, please")
      }
    }
    // Where the probabilities are flat, the root's slope is infinite without it.
    if let epsilon, !(epsilon > 0 && epsilon.isFinite) {
      throw ValidationError("--epsilon \(epsilon): above 0, please")
    }
  }
}

extension Reduction: ExpressibleByArgument {}

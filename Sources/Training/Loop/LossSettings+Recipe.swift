import Autograd
import Networks
import Project
import Recipes

extension LossSettings {
  /// The loss that a recipe asks for.
  init(_ recipe: Recipe) {
    self.init()
    alpha = recipe.alpha
    beta = recipe.beta
    gamma = recipe.gamma
    lambda = recipe.lambda
    epsilon = recipe.epsilon
    reduction = recipe.reduction
  }
}

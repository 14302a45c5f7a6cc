import Project
import Recipes
import Weights

@testable import Training

/// The toy network's trainer on made-up images, as several suites take it.
enum ToyTrainer {
  /// A recipe of a few short epochs.
  static func recipe(_ change: (inout Recipe) -> Void = { _ in }) -> Recipe {
    var recipe = Recipe()
    recipe.size = 16
    recipe.epochs = 5
    recipe.learningRate = 0.01
    recipe.seed = 3
    change(&recipe)
    return recipe
  }

  /// A trainer on images from `first` on, validated on others.
  static func trainer(
    _ recipe: Recipe, images: Int = 6, from first: Int = 0, validation: Int = 0,
    start: StateDict? = nil
  ) throws(TrainingError) -> Trainer<ToyNetwork> {
    try Trainer(
      recipe, network: ToyNetwork(),
      training: (first..<first + images).map { TestCrops.crop($0) },
      validation: (100..<100 + validation).map { TestCrops.crop($0) }, start: start, threads: 2)
  }
}

import Networks
import Recipes

extension Recipe {
  /// The settings, where a network can be trained with them on so many images on this machine.
  ///
  /// The memory of networks that are none of the catalogue, those of tests, is not counted.
  ///
  /// - Throws: `TrainingError.settings` naming the first thing that cannot be, `.memory` for what this
  ///   machine cannot hold.
  func checked(
    for network: some SegmentationNetwork, labels: Int
  ) throws(TrainingError) -> CheckedRecipe {
    let checked: CheckedRecipe
    do throws(RecipeError) {
      checked = try CheckedRecipe(
        self, labels: labels, multiple: network is Architecture ? nil : network.multiple)
    } catch {
      throw .settings(error)
    }
    if network is Architecture { try MemoryNeed.check(checked) }
    return checked
  }
}

extension PretrainingSettings {
  /// The settings, where a network can be trained with them on this machine.
  ///
  /// - Throws: `TrainingError` as of `Recipe.checked`.
  func checked(for network: some SegmentationNetwork) throws(TrainingError) -> CheckedPretraining {
    let checked: CheckedPretraining
    do throws(RecipeError) {
      checked = try CheckedPretraining(
        self, multiple: network is Architecture ? nil : network.multiple)
    } catch {
      throw .settings(error)
    }
    if network is Architecture { for recipe in checked.recipes { try MemoryNeed.check(recipe) } }
    return checked
  }
}

import Networks
import Recipes

extension Recipe {
  /// The settings, where a network can be trained with them on so many images.
  ///
  /// - Throws: `TrainingError.settings` naming the first thing that cannot be.
  func check(for network: some SegmentationNetwork, images: Int) throws(TrainingError) {
    do throws(RecipeError) {
      if network is Architecture {
        _ = try CheckedRecipe(self, labels: images)
      } else {
        _ = try CheckedRecipe(self, labels: images, multiple: network.multiple)
      }
    } catch {
      throw .settings(error)
    }
  }
}

import Networks
import Recipes

extension PretrainingSettings {
  /// Refuses settings that a network cannot be trained with.
  ///
  /// - Throws: `TrainingError.settings` naming the first thing that cannot be.
  func check(for network: some SegmentationNetwork) throws(TrainingError) {
    do throws(RecipeError) {
      if network is Architecture {
        _ = try CheckedPretraining(self)
      } else {
        _ = try CheckedPretraining(self, multiple: network.multiple)
      }
    } catch {
      throw .settings(error)
    }
  }
}

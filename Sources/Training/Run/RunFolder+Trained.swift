import Project
import Recipes
import Weights

extension RunFolder {
  /// Whether a run of so many epochs has done them all, and ended with the weights that it was to end with.
  ///
  /// Its checkpoint goes only after these are written. Where none could be written a kill may come between the
  /// line of the last epoch and its weights; those that lie there then are of an earlier one, as they say.
  ///
  /// - Throws: `TrainingError.file` where the history cannot be read.
  func isTrained(epochs: Int, keeps choice: KeepRule.Choice) throws(TrainingError) -> Bool {
    guard !hasCheckpoint, hasWeights else { return false }
    let history = try TrainingError.filing(history())
    guard let last = history.last, history.count >= epochs else { return false }
    let best = choice == .best ? history.best : nil
    return hasWeights(from: (best ?? last).epoch)
  }

  /// Whether its weights are those of an epoch or a later one, as far as they say.
  func hasWeights(from epoch: Int) -> Bool {
    guard hasWeights else { return false }
    guard let note = WeightsNote(of: weightsFile) else { return true }
    return note.epoch >= epoch
  }

  /// Why weights that lie here without a checkpoint are none of a run by these settings, if so.
  func mismatch(with settings: RunSettings) -> CheckpointFault? {
    guard hasWeights else { return nil }
    switch settings {
    case .training(let recipe, _):
      guard let own = try? self.recipe() else { return nil }
      return own.training == recipe.training ? nil : .otherRecipe
    case .pretraining(let settings):
      guard let own = try? pretrainingSettings() else { return nil }
      return own == settings ? nil : .otherSettings
    }
  }

  /// The split that the run was begun with; none where it was killed before that was written.
  ///
  /// - Throws: `TrainingError.file` where it cannot be read.
  func begunSplit() throws(TrainingError) -> Split? {
    hasSplit ? try TrainingError.filing(split()) : nil
  }
}

extension [EpochRecord] {
  /// The first one of the lowest validation loss; none where nothing was validated on.
  fileprivate var best: EpochRecord? {
    filter { $0.validationLoss != nil }
      .min { ($0.validationLoss ?? .infinity) < ($1.validationLoss ?? .infinity) }
  }
}

public import Foundation

/// What a run is going to do.
public struct RunPlan: Equatable, Sendable {
  /// The run's folder.
  public var folder: URL
  /// Its settings.
  public var recipe: Recipe
  /// The images that are trained on; none where they are simulated.
  public var training: [ImageKey]
  /// The images that are only validated on; none with few labels.
  public var validation: [ImageKey]
  /// Its steps and epochs.
  public var length: RunLength
  /// Steps that were done before, when the run is resumed.
  public var stepsDone: Int
  /// Epochs that were done before, when the run is resumed.
  public var history: [EpochRecord]

  /// Makes a plan.
  public init(
    folder: URL, recipe: Recipe, training: [ImageKey] = [], validation: [ImageKey] = [],
    length: RunLength, stepsDone: Int = 0, history: [EpochRecord] = []
  ) {
    (self.folder, self.recipe, self.length) = (folder, recipe, length)
    (self.training, self.validation) = (training, validation)
    (self.stepsDone, self.history) = (stepsDone, history)
  }

  /// The run's name, `ft-01`.
  public var name: String { folder.lastPathComponent }
}

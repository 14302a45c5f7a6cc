import Project
import Recipes
import Weights

@testable import Training

/// The toy network's loop over made-up images, as several suites take it.
enum ToyLoop {
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

  /// A training on images from `first` on, validated on others.
  static func training(
    _ recipe: Recipe, images: Int = 6, from first: Int = 0, validation: Int = 0,
    start: StateDict? = nil
  ) throws(TrainingError) -> TrainingLoop<LabelledBatches, ToyNetwork> {
    try training(
      recipe, of: ToyNetwork(), on: (first..<first + images).map { TestCrops.crop($0) },
      validation: (100..<100 + validation).map { TestCrops.crop($0) }, start: start)
  }

  /// A training of any network on any crops.
  static func training<Network: SegmentationNetwork>(
    _ recipe: Recipe, of network: Network, on crops: [Crop], validation: [Crop] = [],
    start: StateDict? = nil
  ) throws(TrainingError) -> TrainingLoop<LabelledBatches, Network> {
    try TrainingLoop(
      RunParts(
        recipe.checked(for: network, labels: crops.count), of: network, training: crops,
        validation: validation), network: network, start: start, threads: 2)
  }

  /// Settings of a short pretraining.
  static func settings(
    _ change: (inout PretrainingSettings) -> Void = { _ in }
  ) -> PretrainingSettings {
    var settings = PretrainingSettings()
    settings.recipe.seed = 5
    settings.recipe.batch = 4
    settings.recipe.learningRate = 0.01
    settings.sizes = [16, 24]
    settings.steps = 24
    settings.warmup = 4
    settings.validationInterval = 10
    settings.averaging = 0.9
    change(&settings)
    return settings
  }

  /// A pretraining of the toy network.
  static func pretraining(
    _ settings: PretrainingSettings
  ) throws(TrainingError) -> TrainingLoop<SimulatedBatches, ToyNetwork> {
    try TrainingLoop(
      RunParts(settings.checked(for: ToyNetwork()), of: ToyNetwork(), real: []),
      network: ToyNetwork(), start: nil,
      threads: 2)
  }

  /// Trains to the end, or to a step, measuring where it is due.
  ///
  /// - Returns: the losses of the steps done.
  @discardableResult
  static func run(
    _ loop: TrainingLoop<some BatchSource, some SegmentationNetwork>, to end: Int = .max
  ) throws(TrainingError) -> [Double] {
    var losses: [Double] = []
    while !loop.isDone, loop.state.step < end {
      losses.append(try loop.step().loss)
      if loop.isEpochDone { loop.finishEpoch(try loop.validate(), seconds: 0) }
    }
    return losses
  }
}

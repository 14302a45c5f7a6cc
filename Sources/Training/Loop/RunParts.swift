import Autograd
import Basics
import Imaging
import Networks
import Project
import Recipes

/// A kind of run as a value: what training on labels and pretraining differ in.
struct RunParts<Source: BatchSource>: Sendable {
  /// What it learns by.
  let settings: RunSettings
  /// How long it is, and at which rates it learns.
  let schedule: TrainingSchedule
  /// What it is measured on.
  let validation: Validation
  /// Which weights it measures and ends with.
  let keep: KeepRule
  /// How batch norm learns.
  var mode = Graph.Mode.training
  /// Where its batches come from, and what else is drawn comes after the weights.
  let source: @Sendable (SeededGenerator) -> Source
}

extension RunParts where Source == LabelledBatches {
  /// A training on crops, measured on others.
  ///
  /// - Precondition: the recipe is checked for this network and as many crops.
  init(
    _ checked: CheckedRecipe, of network: some SegmentationNetwork, training: [Crop],
    validation: [Crop]
  ) {
    precondition(checked.labels == training.count, "checked for \(checked.labels) crops")
    let (recipe, length) = (checked.recipe, checked.length)
    let samples = PixelDigest(of: training).text + PixelDigest(of: validation).text
    self.init(
      settings: .training(recipe, samples: samples),
      schedule: TrainingSchedule(
        length: length,
        rate: LearningRateSchedule(
          peak: recipe.learningRate, warmup: recipe.optimisation.warmup, steps: length.steps,
          shape: recipe.optimisation.schedule),
        share: { recipe.optimisation.rateShare(encoderDepth: network.encoderDepth(of: $0)) }),
      validation: Validation(crops: validation) { _ in recipe.batch },
      keep: KeepRule(recipe, validates: !validation.isEmpty, steps: length.steps),
      mode: Graph.Mode(recipe.optimisation.batchNorm)
    ) { LabelledBatches(recipe, training: training, using: $0) }
  }
}

extension RunParts where Source == SimulatedBatches {
  /// A pretraining on simulated images, measured on others and on sets of real ones.
  ///
  /// - Precondition: the settings are checked for this network.
  init(
    _ checked: CheckedPretraining, of network: some SegmentationNetwork, real: [ValidationSet]
  ) {
    let settings = checked.settings
    self.init(
      settings: .pretraining(settings),
      schedule: TrainingSchedule(
        length: RunLength(steps: settings.steps, stepsPerEpoch: settings.validationInterval),
        rate: LearningRateSchedule(
          peak: settings.recipe.learningRate, warmup: settings.warmup, steps: settings.steps,
          shape: .cosine)),
      validation: Validation(
        crops: ValidationSet.simulated(settings).crops, real: real, isTabled: true,
        count: settings.count(at:)),
      keep: KeepRule(.every, mean: .ramped(settings.averaging))
    ) { _ in SimulatedBatches(settings) }
  }
}

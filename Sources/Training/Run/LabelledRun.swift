import Networks
import Project
import Recipes
import Weights

/// A training on labelled images, as it is started.
struct LabelledRun: RunOrder {
  /// The settings.
  var recipe: Recipe
  /// All labelled images, cropped to the recipe's size.
  var samples: [CroppedSample]
  /// Which of them are validated on, if that is not left to the seed.
  var split: Split?
  /// What the weights to go on from were trained and validated on.
  var past: Split?
  var start: StateDict?
  var resumes = false
  var checkpointInterval = 20.0
  var threads = 1

  var architecture: Architecture { recipe.architecture }

  func job(
    of network: some SegmentationNetwork, in folder: RunFolder
  ) throws(TrainingError) -> RunJob<LabelledBatches> {
    // A run goes on with the split that it began with, whatever that was drawn from.
    let begun = resumes ? try? folder.split() : nil
    let held = HeldOut(
      samples.map(\.key), share: recipe.validation, seed: recipe.seed, given: split ?? begun,
      past: past)
    let crops = Dictionary(samples.map { ($0.key, $0.crop) }, uniquingKeysWith: { $1 })
    // The split names the images of the past too, so that the newest run's tells what its weights have
    // ever seen.
    var seen = past ?? begun ?? Split()
    for key in held.training { seen.parts[key] = .train }
    for key in held.validation { seen.parts[key] = .validation }
    return RunJob(
      parts: try RunParts(
        recipe.checked(for: network, labels: held.training.count), of: network,
        training: held.training.compactMap { crops[$0] },
        validation: held.validation.compactMap { crops[$0] }),
      training: held.training, validation: held.validation, split: seen)
  }
}

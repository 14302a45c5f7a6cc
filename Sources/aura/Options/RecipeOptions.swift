public import ArgumentParser
public import Recipes

/// The settings of a training run; what is not given follows the paper, or in a run that goes on from
/// a whole network's weights `Recipe.adapt(toFewLabels:)`, as the help of `aura train` tells: a default
/// that is changed there has a star.
struct RecipeOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Network (default: aura-net).", valueName: "name"))
  var network: Architecture?

  @Option(help: ArgumentHelp("Side of the training crop (default: 256).", valueName: "pixels"))
  var size: Int?

  @Option(help: "Passes over the training images (default: 100 *).")
  var epochs: Int?

  @Option(help: "Steps of the whole run, in place of epochs: for few images.")
  var steps: Int?

  @Option(help: ArgumentHelp("Images in a step (default: 4 *).", valueName: "images"))
  var batch: Int?

  @Option(help: ArgumentHelp("Adam's learning rate (default: 3e-4 *).", valueName: "rate"))
  var learningRate: Double?

  @Option(
    help: ArgumentHelp(
      "Share of the training images that is only validated on (default: 0.2 *; none below 5 labels).",
      valueName: "0..<1"))
  var validation: Double?

  @Option(
    help: ArgumentHelp("Weights to end with (default: best *).", valueName: "best|last|average"))
  var keep: Recipe.Keep?

  @Option(help: "Starts every random choice (default: 0).")
  var seed: UInt64?

  @OptionGroup var loss: LossOptions

  @Option(
    help: ArgumentHelp(
      "How images are changed: turned, moved, scaled; strong: light and focus as well; paper: bent, "
        + "as in its code; or a list as in `aura augment --help` (default: standard *).",
      valueName: "none|standard|strong|paper|list"),
    transform: { try Recipe.Augmentation($0) })
  var augmentation: Recipe.Augmentation?

  @OptionGroup(title: "Fine-tuning") var fineTuning: FineTuningOptions

  /// `base` with what was given on the command line in its place.
  func recipe(over base: Recipe) -> Recipe {
    var recipe = base
    recipe.architecture = network?.rawValue ?? base.architecture
    recipe.size = size ?? base.size
    recipe.epochs = epochs ?? base.epochs
    recipe.steps = steps ?? (epochs == nil ? base.steps : nil)
    recipe.batch = batch ?? base.batch
    recipe.learningRate = learningRate ?? base.learningRate
    recipe.validation = validation ?? base.validation
    recipe.keep = keep ?? base.keep
    recipe.seed = seed ?? base.seed
    recipe.augmentation = augmentation ?? base.augmentation
    recipe.fineTuning = fineTuning.settings(over: base.fineTuning)
    return loss.recipe(over: recipe)
  }

  func validate() throws {
    if let size, !(64...4096).contains(size) {
      throw ValidationError("--size \(size): 64 to 4096 pixels, please")
    }
    if let size, let network, size % network.multiple != 0 || size < network.smallest {
      let least = network.smallest > network.multiple ? " from \(network.smallest) on" : ""
      throw ValidationError(
        "--size \(size): \(network.rawValue) needs a multiple of \(network.multiple)\(least), "
          + "such as \(max(network.smallest, size / network.multiple * network.multiple))")
    }
    if let epochs, !(1...100_000).contains(epochs) {
      throw ValidationError("--epochs \(epochs): 1 to 100000, please")
    }
    if let steps, !(1...10_000_000).contains(steps) {
      throw ValidationError("--steps \(steps): 1 to 10000000, please")
    }
    if steps != nil, epochs != nil {
      throw ValidationError("give either --steps or --epochs")
    }
    if let batch, !(1...256).contains(batch) {
      throw ValidationError("--batch \(batch): 1 to 256 images, please")
    }
    if let validation, !(0..<1).contains(validation) {
      throw ValidationError("--validation \(validation): a share from 0 to below 1, please")
    }
    if let learningRate, !(learningRate > 0 && learningRate.isFinite) {
      throw ValidationError("--learning-rate \(learningRate): above 0, please")
    }
  }
}

extension Architecture: ExpressibleByArgument {}
extension Recipe.Keep: ExpressibleByArgument {}

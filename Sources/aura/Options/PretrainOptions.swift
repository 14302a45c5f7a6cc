import ArgumentParser
import Networks
import Project
import Recipes

/// The settings of a pretraining.
struct PretrainOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Network (default: aura-net).", valueName: "name"))
  var network: Architecture?

  @Option(help: "Steps in all (default: 20000).")
  var steps: Int?

  @Option(
    help: ArgumentHelp(
      "Images in a step at the smallest size; fewer at larger ones (default: 8).",
      valueName: "images"))
  var batch: Int?

  @Option(
    help: ArgumentHelp(
      "Sides of the images, 64 to 1024, one of them a step (default: 128,192,256).",
      valueName: "pixels,..."),
    transform: SideList.init(argument:))
  var sizes: SideList?

  @Option(help: "Starts every random choice (default: 0).")
  var seed: UInt64?

  @Option(help: ArgumentHelp("Adam's highest learning rate (default: 1e-3).", valueName: "rate"))
  var learningRate: Double?

  @Option(
    help: ArgumentHelp(
      "Steps in which the learning rate rises to its highest; it then falls along a cosine to 0 "
        + "(default: 500, or a tenth of fewer steps).", valueName: "steps"))
  var warmup: Int?

  @Option(
    help: ArgumentHelp(
      "How much of the running mean of the weights stays at a step (default: 0.999).",
      valueName: "0..<1"))
  var ema: Double?

  @Option(
    help: ArgumentHelp("Steps between two validations (default: 1000).", valueName: "steps"))
  var validateEvery: Int?

  @OptionGroup var loss: LossOptions

  /// `base` with what was given on the command line in its place.
  func settings(over base: PretrainingSettings?) -> PretrainingSettings {
    var settings = base ?? PretrainingSettings()
    settings.recipe.architecture = network?.rawValue ?? settings.recipe.architecture
    settings.recipe.batch = batch ?? settings.recipe.batch
    settings.recipe.seed = seed ?? settings.recipe.seed
    settings.recipe.learningRate = learningRate ?? settings.recipe.learningRate
    settings.recipe = loss.recipe(over: settings.recipe)
    settings.steps = steps ?? settings.steps
    settings.sizes = sizes?.sides ?? settings.sizes
    settings.averaging = ema ?? settings.averaging
    settings.validationInterval = validateEvery ?? settings.validationInterval
    let usual = base == nil ? min(settings.warmup, settings.steps / 10) : settings.warmup
    settings.warmup = warmup ?? usual
    return settings
  }

  func validate() throws {
    if let steps, !(1...10_000_000).contains(steps) {
      throw ValidationError("--steps \(steps): 1 to 10000000, please")
    }
    if let batch, !(2...256).contains(batch) {
      throw ValidationError("--batch \(batch): 2 to 256 images, please")
    }
    if let learningRate, !(learningRate > 0 && learningRate.isFinite) {
      throw ValidationError("--learning-rate \(learningRate): above 0, please")
    }
    if let warmup, warmup < 0 {
      throw ValidationError("--warmup \(warmup): 0 steps or more, please")
    }
    if let ema, !(0..<1).contains(ema) {
      throw ValidationError("--ema \(ema): from 0 to below 1, please")
    }
    if let validateEvery, validateEvery < 1 {
      throw ValidationError("--validate-every \(validateEvery): 1 step or more, please")
    }
    let network = network ?? .auraNet
    for side in sizes?.sides ?? [] where side % network.multiple != 0 || side < network.smallest {
      throw ValidationError(
        "--sizes \(side): \(network.rawValue) needs multiples of \(network.multiple) from "
          + "\(max(64, network.smallest)) to \(SideList.allowed.upperBound)")
    }
  }
}

public import ArgumentParser
import Project
import Recipes

/// How fast the weights of a run move and when; for the stars see `RecipeOptions`.
struct FineTuningOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Steps in which the learning rate rises to its full height (default: 0 *).",
      valueName: "steps"))
  var warmup: Int?

  @Option(
    help: ArgumentHelp(
      "The learning rate after the warm-up (default: constant *).", valueName: "constant|cosine"))
  var schedule: Recipe.FineTuning.Schedule?

  @Option(
    help: ArgumentHelp(
      "Normalise by each batch, or by the statistics that are there (default: train *).",
      valueName: "train|frozen"))
  var batchNorm: Recipe.FineTuning.BatchNorm?

  @Option(
    help: ArgumentHelp(
      "Share of the learning rate for the encoder; 0 leaves it as it is (default: 1).",
      valueName: "share"))
  var encoderRate: Double?

  @Option(
    help: ArgumentHelp(
      "The same from each stage of the encoder to the one before it (default: 1).",
      valueName: "share"))
  var layerDecay: Double?

  @Option(
    help: ArgumentHelp(
      "Share that a mean of the weights keeps of itself at each step, 0.99; it is validated and kept.",
      valueName: "0..<1"))
  var ema: Double?

  @Option(
    help: ArgumentHelp(
      "Share of each step's images that are simulated rather than labelled (default: 0).",
      valueName: "0..<1"))
  var simulatedShare: Double?

  /// `base` with what was given on the command line in its place.
  func settings(over base: Recipe.FineTuning) -> Recipe.FineTuning {
    var settings = base
    settings.warmup = warmup ?? base.warmup
    settings.schedule = schedule ?? base.schedule
    settings.batchNorm = batchNorm ?? base.batchNorm
    settings.encoderRate = encoderRate ?? base.encoderRate
    settings.layerDecay = layerDecay ?? base.layerDecay
    settings.ema = ema ?? base.ema
    settings.simulatedShare = simulatedShare ?? base.simulatedShare
    return settings
  }

  func validate() throws {
    if let warmup, !(0...1_000_000).contains(warmup) {
      throw ValidationError("--warmup \(warmup): 0 to 1000000 steps, please")
    }
    if let encoderRate, !(0...10).contains(encoderRate) {
      throw ValidationError("--encoder-rate \(encoderRate): a share from 0 to 10, please")
    }
    if let layerDecay, !(layerDecay > 0 && layerDecay <= 1) {
      throw ValidationError("--layer-decay \(layerDecay): a share above 0 and up to 1, please")
    }
    if let ema, !(0..<1).contains(ema) {
      throw ValidationError("--ema \(ema): a share from 0 to below 1, please")
    }
    if let simulatedShare, !(0..<1).contains(simulatedShare) {
      throw ValidationError("--simulated-share \(simulatedShare): 0 to below 1, please")
    }
  }
}

extension Recipe.FineTuning.BatchNorm: ExpressibleByArgument {}
extension Recipe.FineTuning.Schedule: ExpressibleByArgument {}

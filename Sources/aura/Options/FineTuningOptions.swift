public import ArgumentParser
import Project

/// How fast the weights of a run move and when.
struct FineTuningOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Steps in which the learning rate rises to its full height (default: 0).",
      valueName: "steps"))
  var warmup: Int?

  @Option(
    help: ArgumentHelp(
      "The learning rate after the warm-up (default: constant).", valueName: "constant|cosine"))
  var schedule: Recipe.FineTuning.Schedule?

  @Option(
    help: ArgumentHelp(
      "Normalise by each batch, or by the statistics that are there (default: train).",
      valueName: "train|frozen"))
  var batchNorm: Recipe.FineTuning.BatchNorm?

  /// `base` with what was given on the command line in its place.
  func settings(over base: Recipe.FineTuning) -> Recipe.FineTuning {
    var settings = base
    settings.warmup = warmup ?? base.warmup
    settings.schedule = schedule ?? base.schedule
    settings.batchNorm = batchNorm ?? base.batchNorm
    return settings
  }

  func validate() throws {
    if let warmup, !(0...1_000_000).contains(warmup) {
      throw ValidationError("--warmup \(warmup): 0 to 1000000 steps, please")
    }
  }
}

extension Recipe.FineTuning.BatchNorm: ExpressibleByArgument {}
extension Recipe.FineTuning.Schedule: ExpressibleByArgument {}

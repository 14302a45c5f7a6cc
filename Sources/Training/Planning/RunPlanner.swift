import Networks
public import Project
public import Recipes

/// Chooses settings that suit the labels, and says beforehand what a run would do.
public enum RunPlanner {
  /// Settings for fine-tuning on some labelled images.
  ///
  /// From random weights about 60 steps and 12 more a label, at most 600: minutes rather than the
  /// paper's hours. For a network that knows cells see `Recipe.adapt(toFewLabels:)`. The crop is 128
  /// pixels for images whose smallest side is near that, else 256, and never smaller than the network
  /// needs.
  ///
  /// - Parameters:
  ///   - smallestSides: The smallest side of each labelled image.
  ///   - architecture: The network.
  ///   - start: What the weights are before the first step.
  /// - Returns: The recipe.
  public static func recipe(
    smallestSides: [Int], architecture: Architecture = .auraNet, start: StartingWeights = .random
  ) -> Recipe {
    var recipe = Recipe()
    recipe.architecture = architecture
    let sides = smallestSides.sorted()
    let typicalSide = sides.isEmpty ? 256 : sides[sides.count / 2]
    recipe.size = max(typicalSide < 224 ? 128 : 256, architecture.smallest)
    let labels = max(sides.count, 1)
    guard start == .random else {
      recipe.adapt(toFewLabels: labels)
      return recipe
    }
    recipe.batch = min(4, labels)
    let training = labels - HeldOut.count(labels: labels, share: recipe.validation)
    let stepsPerEpoch = (training + recipe.batch - 1) / recipe.batch
    let steps = min(60 + 12 * labels, 600)
    recipe.epochs = max((steps + stepsPerEpoch - 1) / stepsPerEpoch, 10)
    return recipe
  }

  /// What a run with these settings would do.
  ///
  /// - Parameters:
  ///   - recipe: The settings.
  ///   - labels: Labelled images.
  ///   - heldOut: How many of them are validated on, where that is not as many as the recipe asks for.
  ///   - proposals: Unlabelled images that a mask is proposed for afterwards.
  ///   - speed: What the machine reaches; no time is said without.
  /// - Returns: Images, steps and seconds, or why it cannot be done.
  public static func forecast(
    _ recipe: Recipe, labels: Int, heldOut: Int? = nil, proposals: Int = 0, speed: MachineSpeed?
  ) -> RunForecast {
    let validation = heldOut ?? HeldOut.count(labels: labels, share: recipe.validation)
    let training = labels - validation
    let length = RunLength(recipe, trainingImages: training)
    let imageFlops =
      Double(recipe.size) * Double(recipe.size) * Workload.forwardFlops(of: recipe.architecture)
    let stepFlops = Workload.stepFlops(
      of: recipe.architecture, size: recipe.size, batch: recipe.imagesPerStep(labels: training))
    // Whole images are longer than the crop, by a third as a rule.
    let images = Double(length.epochs) * Double(validation) + 1.33 * Double(proposals)
    let flops = stepFlops * Double(length.steps) + imageFlops * images
    return RunForecast(
      recipe: recipe, trainingImages: training, validationImages: validation,
      length: length, seconds: speed.map { flops / ($0.gigaflops * 1e9) },
      bytes: (try? CheckedRecipe(recipe, labels: training)).map(MemoryNeed.bytes) ?? 0,
      verdict: verdict(recipe, labels: labels, validation: validation))
  }

  /// Refuses a run before it begins: settings that cannot be trained with, or more memory than this
  /// machine has.
  ///
  /// - Parameters:
  ///   - recipe: The settings.
  ///   - labels: Labelled images.
  /// - Throws: `TrainingError` naming the first thing.
  public static func check(_ recipe: Recipe, labels: Int) throws(TrainingError) {
    _ = try recipe.checked(for: recipe.architecture, labels: labels)
  }

  /// How many labelled images a run would validate on that goes on from an earlier one's weights.
  ///
  /// - Parameters:
  ///   - recipe: The settings.
  ///   - keys: The labelled images.
  ///   - past: The `split.csv` of the earlier run.
  /// - Returns: Images that are only validated on.
  public static func heldOut(_ recipe: Recipe, of keys: [ImageKey], past: Split?) -> Int {
    HeldOut(keys, share: recipe.validation, seed: recipe.seed, past: past).validation.count
  }

  private static func verdict(
    _ recipe: Recipe, labels: Int, validation: Int
  ) -> RunForecast.Verdict {
    do throws(TrainingError) {
      try check(recipe, labels: labels - validation)
      return .go(note: note(recipe, labels: labels, validation: validation))
    } catch {
      return .refused(error.description)
    }
  }

  private static func note(_ recipe: Recipe, labels: Int, validation: Int) -> String? {
    guard validation == 0 else { return nil }
    guard recipe.validation > 0 else {
      return labels > Recipe.fewLabels
        ? nil : "all of so few labels are learnt from: nothing is held out, no validation curve"
    }
    guard labels < HeldOut.fewestLabels else {
      return "the network was trained on every label before, so nothing is held out: no validation "
        + "curve, and the weights of the last steps are averaged"
    }
    return "with fewer than \(HeldOut.fewestLabels) labels nothing is held out: no validation "
      + "curve, and the weights of the last steps are averaged"
  }
}

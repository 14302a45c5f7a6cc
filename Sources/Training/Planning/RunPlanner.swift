public import Project
public import Recipes

/// Chooses settings that suit the labels, and says beforehand what a run would do.
public enum RunPlanner {
  /// Settings for fine-tuning on some labelled images.
  ///
  /// From random weights about 60 steps and 12 more a label, at most 600: minutes rather than the
  /// paper's hours. For a network that knows cells see `Recipe.adapt(toFewLabels:)`. The size is the one that was
  /// `found` for the images, at which patches of at most `usualPatch` are learnt from; else 128 pixels for images whose
  /// smallest side is near that, else 256, and never smaller than the network needs.
  public static func recipe(
    smallestSides: [Int], architecture: Architecture = .auraNet, start: StartingWeights = .random,
    found: FoundSize? = nil
  ) -> Recipe {
    var recipe = recipe(smallestSides, architecture, start)
    if let found { recipe.look(with: found) }
    return recipe
  }

  private static func typicalSide(of smallestSides: [Int]) -> Int {
    let sides = smallestSides.sorted()
    return sides.isEmpty ? 256 : sides[sides.count / 2]
  }

  private static func recipe(
    _ smallestSides: [Int], _ architecture: Architecture, _ start: StartingWeights
  ) -> Recipe {
    var recipe = Recipe()
    recipe.architecture = architecture
    recipe.size = max(typicalSide(of: smallestSides) < 224 ? 128 : 256, architecture.smallest)
    let labels = max(smallestSides.count, 1)
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

  /// What a run on some labelled images would do, or why it cannot be done.
  ///
  /// `heldOut` says how many of them are validated on where that is not as many as the recipe asks for, and
  /// `proposals` how many unlabelled ones a mask is proposed for afterwards; without a `speed` no time is
  /// said. What a cross-validation takes counts, where the recipe asks for one.
  public static func forecast(
    _ recipe: Recipe, labels: Int, heldOut: Int? = nil, proposals: Int = 0, speed: MachineSpeed?
  ) -> RunForecast {
    let validation = heldOut ?? HeldOut.count(labels: labels, share: recipe.validation)
    func seconds(_ recipe: Recipe) -> Double? {
      speed.map {
        flops(recipe, training: labels - validation, validation: validation, proposals: proposals)
          / ($0.gigaflops * 1e9)
      }
    }
    return RunForecast(
      recipe: recipe, trainingImages: labels - validation, validationImages: validation,
      seconds: seconds(recipe),
      otherSizes: SizeFinder.sizes.compactMap { size in
        guard size != recipe.size, recipe.architecture.takes(side: size) else { return nil }
        var other = recipe
        other.size = size
        return seconds(other).map { RunForecast.Cost(size: size, seconds: $0) }
      }, verdict: verdict(recipe, labels: labels, validation: validation))
  }

  /// Operations of a run on so many images, and of what comes after it.
  private static func flops(
    _ recipe: Recipe, training: Int, validation: Int, proposals: Int
  ) -> Double {
    let length = RunLength(recipe, trainingImages: training)
    let imageFlops =
      Double(recipe.size) * Double(recipe.size) * Workload.forwardFlops(of: recipe.architecture)
    let stepFlops = Workload.stepFlops(
      of: recipe.architecture, size: recipe.stepSide,
      batch: recipe.imagesPerStep(labels: training))
    let checks = FoldPlan.work(recipe, labels: training, validates: validation > 0)
    let views = Views.usual(
      hasSeenImages: true, asksSecondOpinion: SecondOpinion.isFor(recipe, labels: training))
    // Whole images are longer than the crop, by a third as a rule.
    let images =
      Double(length.epochs) * Double(validation)
      + 1.33 * views.work * Double(proposals + checks.images)
    return stepFlops * (Double(length.steps) + Double(checks.steps)) + imageFlops * images
  }

  /// Refuses a run on some labelled images before it begins: settings that cannot be trained with, or more
  /// memory than this machine has.
  ///
  /// - Throws: `TrainingError` naming the first thing.
  public static func check(_ recipe: Recipe, labels: Int) throws(TrainingError) {
    _ = try recipe.checked(for: CellNetwork(recipe), labels: labels)
  }

  /// Whether a run on some labelled images is finished, so that only its scores may lack; where no split is
  /// given it is the run's own.
  ///
  /// - Throws: `TrainingError.file` where the run's files cannot be read.
  public static func isTrained(
    _ run: RunFolder, by recipe: Recipe, on keys: [ImageKey], split: Split?
  ) throws(TrainingError) -> Bool {
    if run.isScored { return true }
    let given = if let split { split } else { try run.begunSplit() }
    let held = HeldOut(keys, share: recipe.validation, seed: recipe.seed, given: given)
    let length = RunLength(recipe, trainingImages: held.training.count)
    let keep = KeepRule(recipe, validates: !held.validation.isEmpty, steps: length.steps)
    return try run.isTrained(epochs: length.epochs, keeps: keep.choice)
  }

  /// How many labelled images a run would only validate on that goes on from the weights of an earlier one,
  /// whose `split.csv` is `past`.
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
    let reason =
      labels < Recipe.fewestToValidate
      ? "with fewer than \(Recipe.fewestToValidate) labels"
      : "the network was trained on every label before, so"
    return "\(reason) nothing is held out: no validation curve, and the weights of the last steps "
      + "are averaged"
  }
}

extension Recipe {
  /// Up to as many labels are all learnt from.
  static let fewLabels = 40

  /// Up to as many labels show few of the looks that a folder has.
  static let veryFewLabels = 10

  /// Side of the patches that are learnt from at a larger size: a step computes a quarter of what it does at twice
  /// the side, and the next one sees another part.
  static let usualPatch = 256

  /// As many steps are taken at most without being asked for.
  static let mostSteps = 1_000

  /// Looks at images with a size that was found for them, all of them scaled alike, in patches where it is large.
  ///
  /// A step sees less of an image then, so that there are more of them: as many times as its side is longer than theirs. Where
  /// batch norm's statistics do not come from the batch, many steps of few patches teach more in the same time than
  /// few of many: half as many patches, and one and a half times as many steps as the image is larger than a patch.
  mutating func look(with found: FoundSize) {
    size = architecture.side(near: found.size)
    referenceSide = found.referenceSide
    patch = size > Self.usualPatch ? max(Self.usualPatch, architecture.smallest) : nil
    guard let patch, let whole = steps else { return }
    let scale = Double(size) / Double(patch)
    var factor = scale
    if optimisation.batchNorm == .frozen {
      batch = (batch + 1) / 2
      factor = 1.5 * scale * scale
    }
    steps = min(Int(Double(whole) * factor), Self.mostSteps)
  }

  /// Changes what a network needs that knows cells already, and is to learn these from few labels.
  ///
  /// Few steps, whose rate falls to nothing; from 11 labels on more of them, with strong augmentation.
  /// Up to 40 labels nothing is held out, since every label is worth more than a curve. Up to 10 batch
  /// norm keeps the statistics of what was learnt before: those of a few images forget it. What was
  /// tried, and what it gave, is told in the article on simulated weights.
  public mutating func adapt(toFewLabels labels: Int) {
    steps = labels <= Self.veryFewLabels ? 100 : min(max(400, 10 * labels), Self.mostSteps)
    batch = min(4, max(labels, 2))
    learningRate = 1e-3
    if labels > Self.veryFewLabels { augmentation = .strong }
    optimisation.batchNorm = labels > Self.veryFewLabels ? .train : .frozen
    if labels <= Self.fewLabels {
      validation = 0
      keep = .last
    }
    optimisation.warmup = 10
    optimisation.schedule = .cosine
  }
}

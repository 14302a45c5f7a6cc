public import Basics

/// Everything that a training run needs besides images; kept as `recipe.json`.
///
/// What is said of a setting is said once, in the table: `Recipe.settings`.
public struct Recipe: Settable {
  /// Which weights a run ends with.
  public enum Keep: String, Codable, CaseIterable, Sendable {
    /// Those of the lowest validation loss.
    case best
    /// Those after the last step.
    case last
    /// The mean over the run, by `Optimisation.ema`, or over the last fifth of its steps.
    case average
  }

  /// What a network learns of cells besides which pixels are cell.
  public enum Objects: String, Codable, CaseIterable, Sendable {
    /// Nothing: cells that touch are one, as in the paper.
    case none
    /// Their cores, in a second channel, by which cells that touch are told apart.
    case core
  }

  /// The network.
  public var architecture = Architecture.auraNet
  /// What it learns of cells besides which pixels are cell.
  public var objects = Objects.none
  /// What the weights are before the first step.
  public var weights = StartingWeights.random
  /// The working size in pixels: the smallest side of an image is scaled to it.
  public var size = 256
  /// The smallest side in pixels of the images that `size` is meant for, others being scaled by the same factor;
  /// nil where each image's smallest side is scaled to `size`.
  public var referenceSide: Int?
  /// Side in pixels of the square that a step sees of an image, cut out anywhere of the whole scaled image; nil for
  /// the square in the middle, whose side is `size`.
  public var patch: Int?
  /// Passes over the training images.
  public var epochs = 100
  /// Steps of the whole run, whatever `epochs` says; nil to count epochs.
  public var steps: Int?
  /// Images in a step.
  public var batch = 4
  /// Adam's learning rate.
  public var learningRate = 3e-4
  /// Starts every random choice of the run.
  public var seed: UInt64 = 0
  /// Share of the labelled images that is only validated on, 0..<1.
  public var validation = 0.2
  /// Which weights are kept.
  public var keep = Keep.best
  /// How far training images are changed before each step.
  public var augmentation = Augmentation.standard
  /// Between which percentiles the contrast of an image is spread before the network sees it, in training and
  /// ever after.
  public var percentiles = Percentiles.usual
  /// The numbers of the loss.
  public var loss = LossSettings()
  /// How fast the weights move and when.
  public var optimisation = Optimisation()

  /// The paper's settings.
  public init() {}

  /// Every setting of a run.
  public static let settings: [Setting<Recipe>] =
    [
      Setting("architecture", \.architecture, .word, option: "network", "Network."),
      Setting(
        "objects", \.objects, .word,
        "What is learnt of cells besides the mask: nothing, or their cores, which tell cells apart."
      ),
      Setting("weights", \.weights, .weights, "Weights before the first step."),
      Setting(
        "epochs", \.epochs, .whole(1...100_000), isUsed: { $0.steps == nil },
        screen: ScreenSteps(1...1_000, [(from: 1, by: 1), (from: 10, by: 5), (from: 50, by: 10)]),
        "Passes over the training images."),
      Setting(
        "steps", \.steps, .whole(1...10_000_000), screen: ScreenSteps(10...10_000, by: 10),
        "Steps of the whole run, in place of epochs: for few images."),
      Setting(
        "size", \.size, .whole(16...4096, name: "pixels"), screen: ScreenSteps(64...1024, by: 64),
        "Working size: what the smallest side is scaled to; the side of the training crop."),
      Setting(
        "referenceSide", \.referenceSide, .whole(16...1_000_000, name: "pixels"),
        "Smallest side of the images that the size is for; others are scaled by the same factor."),
      Setting(
        "patch", \.patch, .whole(16...4096, name: "pixels"),
        "Train on squares of this side, cut out of the image anywhere, in place of one in the middle."
      ),
      Setting(
        "batch", \.batch, .whole(1...256, name: "images"), screen: ScreenSteps(1...32, by: 1),
        "Images in a step."),
      Setting(
        "learningRate", \.learningRate, .positive, valueName: "rate", "Adam's learning rate."),
      Setting(
        "seed", \.seed, .whole(0...UInt64.max), isShared: false, "Starts every random choice."),
      Setting(
        "validation", \.validation, .share,
        "Share of the training images that is only validated on; none below 5 labels."),
      Setting("keep", \.keep, .word, "Weights to end with."),
      Setting(
        "augmentation", \.augmentation, .augmentation, former: augments,
        "How images are changed: turned, moved, scaled; strong: light and focus as well; paper: "
          + "bent, as in its code; or a list as in `aura augment --help`."),
      Setting(
        "percentiles", \.percentiles, .percentiles,
        "Grey values that are black and white, by the share of pixels below; kept in the weights."),
    ] + LossSettings.settings.map { $0.within(\.loss) }
    + Optimisation.settings.map { $0.within(\.optimisation, group: "fineTuning") }

  /// Before augmentations had names.
  private static let augments = Setting<Recipe>.Former(name: "augments") { container, recipe in
    let augments = try container.decode(Bool.self, forKey: SettingKey("augments"))
    recipe.augmentation = augments ? .standard : .none
  }

  /// Epochs and steps take each other's place.
  public mutating func settle(
    _ isGiven: (PartialKeyPath<Recipe>) -> Bool
  ) throws(RecipeError) {
    guard isGiven(\.epochs) else { return }
    guard !isGiven(\.steps) else { throw .epochsAndSteps }
    steps = nil
  }
}

extension Recipe {
  /// What the weights follow from: all of it but how the run is measured afterwards.
  public var training: Recipe {
    var recipe = self
    recipe.optimisation.crossValidation = Optimisation().crossValidation
    return recipe
  }

  /// Images of a step that are simulated: their share of the batch, rounded, but never all of it.
  public var simulatedPerStep: Int {
    guard (0..<1).contains(optimisation.simulatedShare) else { return 0 }
    return max(0, min(Int((Double(batch) * optimisation.simulatedShare).rounded()), batch - 1))
  }

  /// Labelled images of a step, where there are as many.
  public var labelledPerStep: Int { batch - simulatedPerStep }

  /// Images of a step with so many labels.
  public func imagesPerStep(labels: Int) -> Int { min(labelledPerStep, labels) + simulatedPerStep }

  /// Side in pixels of the squares that a step sees.
  public var stepSide: Int { min(patch ?? size, size) }

  /// Whether a step sees patches of whole images, not the squares in their middle.
  public var usesPatches: Bool { patch != nil || referenceSide != nil }

  /// Sides of images that the simulator makes.
  static let simulatedSides = 16...4000

  /// Refuses a crop that the network cannot look at.
  ///
  /// - Throws: `RecipeError.size`.
  public func checkSize() throws(RecipeError) {
    for side in [size, stepSide] {
      guard architecture.takes(side: side) else { throw .size(side, architecture) }
    }
  }

  /// Refuses a share of simulated images that no step has, or that cannot be made.
  func checkSimulated() throws(RecipeError) {
    guard simulatedPerStep > 0 else {
      throw .noSimulatedImage(share: optimisation.simulatedShare, batch: batch)
    }
    guard Self.simulatedSides.contains(stepSide) else { throw .simulatedSize(stepSide) }
  }
}

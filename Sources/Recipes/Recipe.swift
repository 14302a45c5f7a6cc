/// Everything that a training run needs besides images; kept as `recipe.json`.
public struct Recipe: Codable, Equatable, Sendable {
  /// Which weights a run ends with.
  public enum Keep: String, Codable, CaseIterable, Sendable {
    /// Those of the lowest validation loss.
    case best
    /// Those after the last step.
    case last
    /// The mean over the run, by `FineTuning.ema`, or over the last fifth of its steps.
    case average
  }

  /// A network's name, as in the catalog: `aura-net`, `unet`.
  public var architecture = "aura-net"
  /// What the weights are before the first step.
  public var weights = StartingWeights.random
  /// Side of the training crop in pixels.
  public var size = 256
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
  /// Weight of BCE against Dice, equation (4).
  public var alpha = 0.5
  /// Weight of BCE and Dice together, equation (4).
  public var beta = 0.75
  /// Weight of the active contour loss, equation (4).
  public var gamma = 0.25
  /// Weight of the area within the active contour loss, equation (1).
  public var lambda = 5.0
  /// Added under the root of the length, equation (2).
  public var epsilon = 1e-8
  /// Means or sums in equations (2) and (3).
  public var reduction = Reduction.mean
  /// How fast the weights move and when.
  public var fineTuning = FineTuning()

  /// The paper's settings.
  public init() {}

  enum CodingKeys: String, CodingKey {
    case architecture, weights, size, epochs, steps, batch, learningRate, seed, validation, keep,
      augmentation
    case alpha, beta, gamma, lambda, epsilon, reduction, fineTuning
  }
}

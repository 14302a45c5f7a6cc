/// The numbers of the loss, equations (1) to (4) of Cohen & Uhlmann 2021; the defaults are the paper's.
public struct LossSettings: Settable {
  /// Weight of cross entropy against Dice, 0...1.
  public var alpha = 0.5
  /// Weight of cross entropy and Dice together.
  public var beta = 0.75
  /// Weight of the active contour loss.
  public var gamma = 0.25
  /// Weight of the area within the active contour loss.
  public var lambda = 5.0
  /// Added under the root of the length, so that a flat picture has a gradient.
  public var epsilon = 1e-8
  /// How length and area add up over an image: means, with which the weights balance, or sums.
  public var reduction = Reduction.mean

  /// The paper's.
  public init() {}

  /// Every number of it.
  public static let settings: [Setting<LossSettings>] = [
    Setting("alpha", \.alpha, .portion, "BCE against Dice, equation (4)."),
    Setting("beta", \.beta, .weight, "BCE and Dice together, equation (4)."),
    Setting("gamma", \.gamma, .weight, "The active contour loss, equation (4)."),
    Setting("lambda", \.lambda, .weight, "The area within the active contour loss, equation (1)."),
    Setting("epsilon", \.epsilon, .positive, "Added under the root of the length, equation (2)."),
    Setting("reduction", \.reduction, .word, "Means or sums in equations (2), (3)."),
  ]
}

/// How length and area of the loss add up over an image.
public enum Reduction: String, Codable, CaseIterable, Sendable {
  /// Means over pixels: the published weights balance with these.
  case mean
  /// Sums over an image, as the paper's equations (2) and (3) are written, then means over the batch.
  case sum
}

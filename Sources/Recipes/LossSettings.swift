/// The numbers of the loss, equations (1) to (4) of Cohen & Uhlmann 2021; the defaults are the paper's.
public struct LossSettings: Codable, Equatable, Sendable {
  /// Weight of cross entropy against Dice, 0...1.
  public var alpha: Double
  /// Weight of cross entropy and Dice together.
  public var beta: Double
  /// Weight of the active contour loss.
  public var gamma: Double
  /// Weight of the area within the active contour loss.
  public var lambda: Double
  /// Added under the root of the length, so that a flat picture has a gradient.
  public var epsilon: Double
  /// How length and area add up over an image: means, with which the weights balance, or sums.
  public var reduction: Reduction

  /// Chooses the numbers.
  public init(
    alpha: Double = 0.5, beta: Double = 0.75, gamma: Double = 0.25, lambda: Double = 5,
    epsilon: Double = 1e-8, reduction: Reduction = .mean
  ) {
    self.alpha = alpha
    self.beta = beta
    self.gamma = gamma
    self.lambda = lambda
    self.epsilon = epsilon
    self.reduction = reduction
  }
}

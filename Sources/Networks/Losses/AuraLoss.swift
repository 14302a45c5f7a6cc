public import Autograd
public import Recipes

/// The loss of AURA-net: `gamma * (length + lambda * area) + beta * (alpha * BCE + (1 - alpha) * Dice)`.
///
/// Cohen & Uhlmann 2021, equations (1) to (4). BCE is computed from logits; Dice is taken for each
/// image with 1 added above and below the line, then averaged over the batch; length runs over the
/// (H-1)x(W-1) pixels that have both neighbours; area is `|p (1-t)^2| + |(1-p) t^2|`.
///
/// - Note: Length and area are means over pixels where the paper writes sums, since only then do
///   its published weights balance; `Reduction.sum` keeps to the letter (a sum over
///   an image, a mean over the batch).
///   Pinned by `every loss and its gradient are PyTorch's`.
public struct AuraLoss: Sendable {
  /// Its numbers.
  public var settings: LossSettings

  /// Describes a loss.
  public init(_ settings: LossSettings = LossSettings()) { self.settings = settings }

  /// Puts the loss into a graph: `[1]`, no unit, of `logits [N, 1, H, W]`, H and W at least 2.
  ///
  /// - Precondition: the target has the same shape; it is 1 inside a cell, 0 outside, or between.
  public func callAsFunction(_ logits: Value, _ target: Value, in graph: inout Graph) -> Value {
    let shape = graph.shape(of: logits)
    precondition(
      shape == graph.shape(of: target),
      "logits are \(shape), the target is \(graph.shape(of: target))")
    let probabilities = graph.sigmoid(logits)
    let length = graph.contourLength(probabilities, epsilon: settings.epsilon)
    let area = graph.regionArea(probabilities, target)
    let (height, width) = (shape.height, shape.width)
    // A mean over pixels times their number is the sum over an image.
    let (lengths, areas) =
      settings.reduction == .mean ? (1, 1) : ((height - 1) * (width - 1), height * width)
    return graph.weightedSum([
      (Float(settings.beta * settings.alpha), graph.binaryCrossEntropy(logits, target)),
      (Float(settings.beta * (1 - settings.alpha)), graph.diceLoss(probabilities, target)),
      (Float(settings.gamma * Double(lengths)), length),
      (Float(settings.gamma * settings.lambda * Double(areas)), area),
    ])
  }
}

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

  /// Which pixels count where not all do: values `[N, 1, H, W]` that are constant.
  public struct Known: Sendable {
    /// 1 at a pixel that counts, 0 elsewhere, where the target is 0 as well.
    let pixels: Value
    /// 0 at a pixel that counts, elsewhere a logit so low that nothing is expected there.
    let logits: Value
    /// 1 where a pixel and its neighbours right and below count, 0 elsewhere.
    let lengths: Value
  }

  /// Puts the loss into a graph: `[1]`, no unit, of `logits [N, 1, H, W]`, H and W at least 2.
  ///
  /// Where it is said which pixels are `known`, means are over these, and Dice is theirs; a sum is that mean
  /// times all pixels. Where `weights` are given, at least 0 and 0 where a pixel is not known, each pixel
  /// counts by its own in the cross entropy: there alone, since the others look at regions.
  ///
  /// - Precondition: the target has the same shape; it is 1 inside a cell, 0 outside, or between.
  public func callAsFunction(
    _ logits: Value, _ target: Value, known: Known? = nil, weights: Value? = nil,
    in graph: inout Graph
  ) -> Value {
    let shape = graph.shape(of: logits)
    precondition(
      shape == graph.shape(of: target),
      "logits are \(shape), the target is \(graph.shape(of: target))")
    var logits = logits
    if let known {
      let kept = graph.multiply(logits, known.pixels)
      logits = graph.add(kept, known.logits)
    }
    let probabilities = graph.sigmoid(logits)
    let length = graph.contourLength(
      probabilities, epsilon: settings.epsilon, known: known?.lengths)
    let area = graph.regionArea(probabilities, target, known: known?.pixels)
    let (height, width) = (shape.height, shape.width)
    // A mean over pixels times their number is the sum over an image.
    let (lengths, areas) =
      settings.reduction == .mean ? (1, 1) : ((height - 1) * (width - 1), height * width)
    let entropy = graph.binaryCrossEntropy(logits, target, weights: weights ?? known?.pixels)
    return graph.weightedSum([
      (Float(settings.beta * settings.alpha), entropy),
      (Float(settings.beta * (1 - settings.alpha)), graph.diceLoss(probabilities, target)),
      (Float(settings.gamma * Double(lengths)), length),
      (Float(settings.gamma * settings.lambda * Double(areas)), area),
    ])
  }
}

extension AuraLoss.Known {
  /// A logit at which nothing is expected: its exponential is 0 in single precision.
  private static let lowest: Float = -1e4

  /// Declares the inputs of batches of a shape, named after what they say of which pixels are known.
  public init(_ shape: Shape, named name: String = "known", in graph: inout Graph) {
    pixels = graph.input(name, shape)
    logits = graph.input("\(name).logits", shape)
    lengths = graph.input("\(name).lengths", shape)
  }

  /// What to load of planes of `width * height` pixels each, 1 where a pixel counts and 0 elsewhere.
  public func values(
    of planes: [Float], width: Int, height: Int
  ) -> [(value: Value, data: [Float])] {
    let lengths = planes.indices.map { index -> Float in
      let (x, y) = (index % width, index / width % height)
      guard x + 1 < width, y + 1 < height else { return 0 }
      return planes[index] * planes[index + 1] * planes[index + width]
    }
    return [
      (pixels, planes), (logits, planes.map { (1 - $0) * Self.lowest }), (self.lengths, lengths),
    ]
  }
}

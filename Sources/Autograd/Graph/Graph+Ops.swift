import Kernels

extension Graph {
  /// A convolution with zeros around.
  public mutating func convolution(
    _ x: Value, _ weight: Value, _ bias: Value? = nil, stride: Int = 1, padding: Int = 0,
    dilation: Int = 1
  ) -> Value {
    apply(
      Convolution(stride: stride, padding: padding, dilation: dilation),
      to: [x, weight] + (bias.map { [$0] } ?? []))
  }

  /// Batch normalisation in the graph's mode, with PyTorch's epsilon of 1e-5 and momentum of 0.1.
  public mutating func batchNorm(
    _ x: Value, weight: Value, bias: Value, runningMean: Value, runningVariance: Value
  ) -> Value {
    apply(
      BatchNorm(momentum: mode == .calibration ? 1 : 0.1, training: mode != .evaluation),
      to: [x, weight, bias, runningMean, runningVariance])
  }

  /// The larger of each value and 0.
  public mutating func relu(_ x: Value) -> Value { apply(ReLU(), to: [x]) }

  /// Logits as probabilities.
  public mutating func sigmoid(_ x: Value) -> Value { apply(Sigmoid(), to: [x]) }

  /// The sum of two values of one shape.
  public mutating func add(_ a: Value, _ b: Value) -> Value { apply(Add(), to: [a, b]) }

  /// The product of two values, of which one may have a single channel for all of the other's.
  public mutating func multiply(_ a: Value, _ b: Value) -> Value { apply(Multiply(), to: [a, b]) }

  /// The largest value of each window.
  public mutating func maxPool(
    _ x: Value, kernel: Int, stride: Int, padding: Int = 0
  ) -> Value {
    apply(
      MaxPool(window: PoolWindow(kernel: kernel, stride: stride, padding: padding)), to: [x])
  }

  /// Every pixel repeated in a block of 2 x 2.
  public mutating func upsample(_ x: Value) -> Value { apply(UpsampleNearest(), to: [x]) }

  /// A transposed convolution: what a convolution's way back does.
  public mutating func transposedConvolution(
    _ x: Value, _ weight: Value, _ bias: Value? = nil, stride: Int = 1, padding: Int = 0,
    outputPadding: Int = 0
  ) -> Value {
    apply(
      TransposedConvolution(stride: stride, padding: padding, outputPadding: outputPadding),
      to: [x, weight] + (bias.map { [$0] } ?? []))
  }

  /// Feature maps at another size, blended bilinearly.
  public mutating func resize(_ x: Value, height: Int, width: Int) -> Value {
    apply(ResizeBilinear(height: height, width: width), to: [x])
  }

  /// Feature maps side by side in their channels.
  public mutating func concatenate(_ inputs: [Value]) -> Value {
    apply(Concatenate(), to: inputs)
  }

  /// The sum of values of one shape with constant weights.
  public mutating func weightedSum(_ terms: [(weight: Float, value: Value)]) -> Value {
    apply(WeightedSum(weights: terms.map(\.weight)), to: terms.map(\.value))
  }

  /// The sum of the products of two values' elements.
  public mutating func dot(_ a: Value, _ b: Value) -> Value { apply(Dot(), to: [a, b]) }

  /// The mean cross entropy of a target with probabilities given as logits, each pixel counting by its `weights`,
  /// constant and at least 0, where these are given.
  public mutating func binaryCrossEntropy(
    _ logits: Value, _ target: Value, weights: Value? = nil
  ) -> Value {
    apply(BinaryCrossEntropy(), to: [logits, target] + (weights.map { [$0] } ?? []))
  }

  /// One minus the Dice coefficient, by image.
  public mutating func diceLoss(_ probabilities: Value, _ target: Value) -> Value {
    apply(DiceLoss(), to: [probabilities, target])
  }

  /// The mean length of the border of probabilities, over the pixels whose `known` is 1, where that is given.
  public mutating func contourLength(
    _ probabilities: Value, epsilon: Double, known: Value? = nil
  ) -> Value {
    apply(ContourLength(epsilon: epsilon), to: [probabilities] + (known.map { [$0] } ?? []))
  }

  /// The mean region that prediction and target do not share, over the pixels whose `known` is 1, where that
  /// is given: both are to be 0 at the others.
  public mutating func regionArea(
    _ probabilities: Value, _ target: Value, known: Value? = nil
  ) -> Value {
    apply(RegionArea(), to: [probabilities, target] + (known.map { [$0] } ?? []))
  }

  /// The filters of transposed convolutions, whose second extent counts the output channels.
  public var transposedFilters: Set<Path> {
    Set(
      nodes.compactMap { node in
        guard node.op is TransposedConvolution, node.inputs.count > 1,
          case .declared(let index) = sources[node.inputs[1].index]
        else { return nil }
        return declarations[index].path
      })
  }
}

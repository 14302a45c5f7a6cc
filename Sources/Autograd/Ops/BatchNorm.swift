/// Batch normalisation (Ioffe & Szegedy 2015) as PyTorch's `BatchNorm2d`.
///
/// `y = (x - mean) / sqrt(variance + epsilon) * weight + bias`. Inputs: feature maps `[N, C, H, W]`, then
/// weight, bias, running mean and running variance, each `[C]`. In training the batch's moments
/// normalise and move the running ones, `running = (1 - momentum) running + momentum batch`, the
/// variance as the unbiased one (n - 1), as in PyTorch. Run as part of a `ConvolutionStep`, or by itself
/// as a `BatchNormStep`.
struct BatchNorm: Op {
  /// Added to the variance.
  let epsilon = 1e-5
  /// The batch's share in the running statistics.
  var momentum = 0.1
  /// Whether the batch's moments are used, or the running ones.
  let training: Bool

  var meaning: OpMeaning? { training ? nil : .batchNorm(epsilon: epsilon) }

  /// That of the feature maps.
  func shape(of inputs: [Shape]) -> Shape {
    let operands = NormOperands(inputs)
    let x = inputs[0]
    for each in operands.all {
      precondition(each == Shape(x.channels), "\(each) for the channels of \(x)")
    }
    precondition(
      !training || x.count / x.channels > 1, "one value a channel has no variance: \(x)")
    return x
  }
}

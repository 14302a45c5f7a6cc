import Kernels

/// A batch norm that no convolution takes in, with the ReLU behind it where the graph has one.
struct BatchNormStep: Step {
  let op: BatchNorm
  let x: Operand
  let operands: NormOperands<Operand>
  /// Whether values below 0 become 0 at the end.
  let hasReLU: Bool

  var name: String { op.name }
  var views: Views { .writes }

  /// The activations': the gradient is found in place.
  var sharedGradient: Int? { x.index }

  /// The factors of every channel.
  func savedCount(for inputs: [Shape]) -> Int { NormFactors.count(inputs[x.index].channels) }

  /// What the moments need.
  func forwardScratch(for inputs: [Shape], threads: Int) -> Int {
    let x = inputs[x.index]
    return op.training ? channelSumsScratch(pixels: x.count / x.channels, channels: x.channels) : 0
  }

  /// What the sums need.
  func backwardScratch(for inputs: [Shape], threads: Int) -> Int {
    let x = inputs[x.index]
    return NormGradient.scratch(pixels: x.count / x.channels, channels: x.channels)
  }

  /// `y = (x - mean) / sqrt(variance + epsilon) * weight + bias`.
  func forward(_ pass: ForwardPass) {
    let factors = NormFactors(pass.saved, channels: pass.output.shape.channels)
    let parameters = operands.map { pass[$0].buffer }
    let x = pass[x].stored
    if op.training {
      channelMoments(
        x, factors.moments(about: parameters.runningMean), scratch: pass.scratch, pool: pass.pool)
    }
    factors.finish(op, parameters, pixels: x.count, hasReLU: hasReLU)
    activationForward(
      x.waiting(for: factors.activation), into: pass.output.stored, adds: false, pool: pass.pool)
  }

  /// As `NormGradient` has it.
  func backward(_ pass: BackwardPass) {
    let dy = pass.doutput.stored
    NormGradient(
      norm: op, factors: NormFactors(pass.saved, channels: pass.output.shape.channels),
      dweight: pass.gradient(of: operands.weight), dbias: pass.gradient(of: operands.bias)
    ).run(dy, z: pass[x].stored, scratch: pass.scratch, pool: pass.pool)
    if let dx = pass.gradient(of: x), !dx.isShared {
      activationForward(dy, into: dx.tensor.stored, adds: dx.adds, pool: pass.pool)
    }
  }
}

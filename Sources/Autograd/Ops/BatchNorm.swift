import Kernels

/// Batch normalisation (Ioffe & Szegedy 2015) as PyTorch's `BatchNorm2d`.
///
/// Inputs: pictures `[N, C, H, W]`, then weight, bias, running mean and running variance, each `[C]`.
/// In training the batch's moments normalise and move the running ones, `running = (1 - momentum)
/// running + momentum batch`, the variance as the unbiased one (n - 1), as in PyTorch.
public struct BatchNorm: Op {
  /// Added to the variance.
  public let epsilon: Double
  /// The batch's share in the running statistics.
  public let momentum: Double
  /// Whether the batch's moments are used, or the running ones.
  public let training: Bool
  /// Whether values below 0 become 0: the ReLU that followed in the graph.
  var hasReLU = false

  /// Makes the op.
  public init(epsilon: Double = 1e-5, momentum: Double = 0.1, training: Bool) {
    self.epsilon = epsilon
    self.momentum = momentum
    self.training = training
  }

  /// That of the pictures.
  public func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs.count == 5, "x, weight, bias, running mean and running variance")
    let x = inputs[0]
    for each in inputs[1...] {
      precondition(each == Shape(x.channels), "\(each) for the channels of \(x)")
    }
    precondition(
      !training || x.count / x.channels > 1, "one value a channel has no variance: \(x)")
    return x
  }

  /// The pictures and the weight.
  public var keeps: Keeps { .inputs }

  /// Writes anything.
  public var views: Views { .writes }

  /// The pictures': the gradient is found in place.
  public var sharedGradient: Int? { 0 }

  /// The factors of every channel.
  public func notes(for inputs: [Shape]) -> Int { NormFactors.count(inputs[0].channels) }

  /// What the moments need.
  public func forwardScratch(for inputs: [Shape], threads: Int) -> Int {
    let x = inputs[0]
    return training ? channelSumsScratch(pixels: x.count / x.channels, channels: x.channels) : 0
  }

  /// What the sums need.
  public func backwardScratch(for inputs: [Shape], threads: Int) -> Int {
    NormGradient.scratch(inputs[0])
  }

  /// `y = (x - mean) / sqrt(variance + epsilon) * weight + bias`.
  public func forward(_ pass: ForwardPass) {
    let factors = NormFactors(pass.notes, channels: pass.output.shape.channels)
    let parameters = NormParameters(pass.inputs[1...])
    let x = pass.inputs[0].stored
    if training {
      channelMoments(
        x, factors.moments(about: parameters.runningMean), scratch: pass.scratch, pool: pass.pool)
    }
    factors.finish(self, parameters, pixels: x.count, hasReLU: hasReLU)
    activate(
      x.waiting(for: factors.activation), into: pass.output.stored, adds: false, pool: pass.pool)
  }

  /// As `NormGradient` has it.
  public func backward(_ pass: BackwardPass) {
    let dy = pass.doutput.stored
    NormGradient(
      norm: self, factors: NormFactors(pass.notes, channels: pass.output.shape.channels),
      dweight: pass.dinputs[1], dbias: pass.dinputs[2]
    ).run(dy, z: pass.inputs[0].stored, scratch: pass.scratch, pool: pass.pool)
    if let dx = pass.dinputs[0], !dx.isShared {
      activate(dy, into: dx.tensor.stored, adds: dx.adds, pool: pass.pool)
    }
  }
}

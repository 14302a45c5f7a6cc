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

  /// The mean and 1 / standard deviation that normalised.
  public func notes(for inputs: [Shape]) -> Int { 2 * stride(inputs[0].channels) }

  /// Factors for every channel.
  public func scratch(for inputs: [Shape], threads: Int, withBackward: Bool) -> Int {
    3 * stride(inputs[0].channels)
  }

  /// `y = (x - mean) / sqrt(variance + epsilon) * weight + bias`.
  public func forward(_ pass: ForwardPass) {
    let x = pass.inputs[0]
    let (weight, bias) = (pass.inputs[1].buffer, pass.inputs[2].buffer)
    let (runningMean, runningVariance) = (pass.inputs[3].buffer, pass.inputs[4].buffer)
    let channels = x.shape.channels
    let (mean, inverse) = factors(pass.notes, channels)
    let scale = pass.scratch.slice(at: 0, count: channels)
    if training {
      let moments = channelMoments(x.buffer, channels: channels, pool: pass.pool)
      let pixels = Double(x.shape.count / channels)
      for c in 0..<channels {
        mean[c] = moments.mean[c]
        inverse[c] = Float(1 / (Double(moments.batchVariance[c]) + epsilon).squareRoot())
        let unbiased = Double(moments.batchVariance[c]) * pixels / (pixels - 1)
        runningMean[c] = moved(runningMean[c], to: Double(moments.mean[c]))
        runningVariance[c] = moved(runningVariance[c], to: unbiased)
      }
    } else {
      for c in 0..<channels {
        mean[c] = runningMean[c]
        inverse[c] = Float(1 / (Double(runningVariance[c]) + epsilon).squareRoot())
      }
    }
    for c in 0..<channels { scale[c] = inverse[c] * weight[c] }
    normalizeForward(
      x.buffer, mean: mean, scale: scale, bias: bias, into: pass.output.buffer, pool: pass.pool)
  }

  /// With `z = (x - mean) inverse`: `dbias = sum dy`, `dweight = sum dy z`.
  ///
  /// `dx = weight inverse (dy - (dbias + z dweight) / n)` in training, where the moments move with
  /// `x`, and `weight inverse dy` with running statistics.
  public func backward(_ pass: BackwardPass) {
    let x = pass.inputs[0]
    let channels = x.shape.channels
    let pixels = Double(x.shape.count / channels)
    let (mean, inverse) = factors(pass.notes, channels)
    let step = stride(channels)
    let scale = pass.scratch.slice(at: 0, count: channels)
    let offset = pass.scratch.slice(at: step, count: channels)
    let slope = pass.scratch.slice(at: 2 * step, count: channels)
    let sums = normalizeBackwardSums(pass.doutput, x.buffer, mean: mean, pool: pass.pool)
    for c in 0..<channels {
      let inverse = Double(inverse[c])
      scale[c] = Float(inverse * Double(pass.inputs[1].buffer[c]))
      offset[c] = training ? Float(sums.dy[c] / pixels) : 0
      slope[c] = training ? Float(sums.products[c] * inverse * inverse / pixels) : 0
      put(sums.products[c] * inverse, into: pass.dinputs[1], at: c)
      put(sums.dy[c], into: pass.dinputs[2], at: c)
    }
    guard let dx = pass.dinputs[0] else { return }
    normalizeBackward(
      pass.doutput, x.buffer, mean: mean, scale: scale, offset: offset, slope: slope,
      into: dx.buffer, adds: dx.adds, pool: pass.pool)
  }

  private func put(_ value: Double, into target: BackwardPass.Gradient?, at channel: Int) {
    guard let target else { return }
    target.buffer[channel] = Float((target.adds ? Double(target.buffer[channel]) : 0) + value)
  }

  private func moved(_ running: Float, to batch: Double) -> Float {
    Float((1 - momentum) * Double(running) + momentum * batch)
  }

  private func factors(_ notes: Buffer, _ channels: Int) -> (mean: Buffer, inverse: Buffer) {
    (
      notes.slice(at: 0, count: channels), notes.slice(at: stride(channels), count: channels)
    )
  }

  /// Channels rounded up to a cache line.
  private func stride(_ channels: Int) -> Int { (channels + 15) / 16 * 16 }
}

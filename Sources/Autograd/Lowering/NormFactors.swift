import Kernels

/// What a batch norm knows of every channel after its forward pass.
struct NormFactors {
  let mean: Buffer
  /// 1 / standard deviation; before `finish`, the variance.
  let inverse: Buffer
  /// Scale and shift that normalise, and the ReLU's floor.
  let activation: PendingActivation

  /// Floats of what is saved of them.
  static func count(_ channels: Int) -> Int { 5 * padded(channels) }

  /// Finds them in what a step saved; the activation may lie elsewhere.
  init(_ saved: Buffer, channels: Int, activation: PendingActivation? = nil) {
    func part(_ index: Int) -> Buffer {
      saved.slice(at: index * padded(channels), count: channels)
    }
    mean = part(0)
    inverse = part(1)
    self.activation =
      activation ?? PendingActivation(scale: part(2), shift: part(3), floor: part(4))
  }

  /// Where a kernel puts the batch's moments.
  func moments(about guess: Buffer) -> ChannelMomentsTarget {
    ChannelMomentsTarget(about: guess, mean: mean, variance: inverse)
  }

  /// From the moments, the batch's or the running ones, to the factors; moves the running ones.
  func finish(_ norm: BatchNorm, _ parameters: NormOperands<Buffer>, pixels: Int, hasReLU: Bool) {
    let unbiased = norm.training ? Double(pixels) / Double(pixels - 1) : 1
    let (old, new) = (1 - norm.momentum, norm.momentum)
    for c in 0..<mean.count {
      let (means, variances) = (parameters.runningMean, parameters.runningVariance)
      if norm.training {
        means[c] = Float(old * Double(means[c]) + new * Double(mean[c]))
        variances[c] = Float(old * Double(variances[c]) + new * unbiased * Double(inverse[c]))
      } else {
        mean[c] = means[c]
        inverse[c] = variances[c]
      }
      let reciprocal = 1 / (Double(inverse[c]) + norm.epsilon).squareRoot()
      let scale = reciprocal * Double(parameters.weight[c])
      inverse[c] = Float(reciprocal)
      activation.scale[c] = Float(scale)
      activation.shift[c] = Float(Double(parameters.bias[c]) - Double(mean[c]) * scale)
      activation.floor[c] = hasReLU ? 0 : -.infinity
    }
  }
}

/// The backward pass of a batch norm and its ReLU, in place: from the gradient of the activated values
/// to that of the values that were normalised.
///
/// With `x^ = (z - mean) inverse` and g the gradient where the ReLU let the value through: `dbias = sum
/// g`, `dweight = sum g x^`, and `dz = weight inverse (g - (dbias + x^ dweight) / n)` in training, where
/// the moments move with z; `weight inverse g` with running statistics.
struct NormGradient {
  let norm: BatchNorm
  let factors: NormFactors
  let dweight: BackwardPass.Gradient?
  let dbias: BackwardPass.Gradient?
  /// The bias of a convolution in front: no gradient where the batch's own mean is taken off again.
  var dconvolutionBias: BackwardPass.Gradient?

  /// Floats of scratch memory.
  static func scratch(pixels: Int, channels: Int) -> Int {
    5 * padded(channels) + channelSumsScratch(pixels: pixels, channels: channels)
  }

  func run(_ dy: Pixels, z: Pixels, scratch: Buffer, pool: ThreadPool) {
    let step = padded(dy.channels)
    func part(_ index: Int) -> Buffer { scratch.slice(at: index * step, count: dy.channels) }
    let (sums, products, scale, offset, slope) = (part(0), part(1), part(2), part(3), part(4))
    normBackwardSums(
      dy: dy, z: z, activation: factors.activation, mean: factors.mean, sums: sums,
      products: products, scratch: scratch.rest(after: 5 * step), pool: pool)
    for c in 0..<dy.channels {
      let inverse = Double(factors.inverse[c])
      let (sum, product) = (Double(sums[c]), Double(products[c]))
      scale[c] = factors.activation.scale[c]
      offset[c] = norm.training ? Float(sum / Double(dy.count)) : 0
      slope[c] = norm.training ? Float(product * inverse * inverse / Double(dy.count)) : 0
      put(product * inverse, into: dweight, at: c)
      put(sum, into: dbias, at: c)
      put(norm.training ? 0 : sum * Double(scale[c]), into: dconvolutionBias, at: c)
    }
    normBackwardApply(
      dy: dy, z: z, activation: factors.activation, mean: factors.mean, scale: scale,
      offset: offset, slope: slope, pool: pool)
  }

  private func put(_ value: Double, into target: BackwardPass.Gradient?, at channel: Int) {
    guard let target else { return }
    target.buffer[channel] = Float((target.adds ? Double(target.buffer[channel]) : 0) + value)
  }
}

import Kernels

/// One forward pass of a convolution.
struct ConvolutionForward {
  let op: Convolution
  let pass: ForwardPass
  let method: any ConvolutionMethod

  func run() {
    guard let norm = op.norm else { return convolve() }
    if op.isFolded {
      runFolded(norm)
    } else {
      runNormalized(norm)
    }
  }

  private var bias: Buffer? { op.hasBias(pass.inputs.count) ? pass.inputs[2].buffer : nil }

  private func convolve(moments: ChannelMomentsTarget? = nil) {
    let packed = method.packed(pass.inputs[1].buffer, in: pass.scratch, pool: pass.pool)
    let epilogue = ConvolutionEpilogue(
      bias: bias, hasReLU: op.hasReLU && op.norm == nil, moments: moments)
    method.forward(
      pass.inputs[0].pixels, packed: packed, epilogue, into: op.result(pass.notes, pass.output),
      scratch: pass.scratch.rest(after: method.packedScratch), pool: pass.pool)
  }

  private func runNormalized(_ norm: BatchNorm) {
    let factors = op.factors(pass.notes, pass.output)
    let parameters = NormParameters(pass.inputs[...])
    convolve(moments: norm.training ? factors.moments(about: parameters.runningMean) : nil)
    let shape = pass.output.shape
    factors.finish(
      norm, parameters, pixels: shape.count / shape.channels, hasReLU: op.hasReLU)
    guard op.normalization == .applied else { return }
    activate(
      op.result(pass.notes, pass.output).waiting(for: factors.activation),
      into: pass.output.stored, adds: false, pool: pass.pool)
  }

  private func runFolded(_ norm: BatchNorm) {
    let channels = pass.output.shape.channels
    let folded = pass.notes.slice(at: 0, count: channels)
    let packed = pass.notes.slice(at: padded(channels), count: method.packedCount)
    if !pass.hasNotes { fold(norm, bias: folded, filter: packed) }
    method.forward(
      pass.inputs[0].pixels, packed: packed,
      ConvolutionEpilogue(bias: folded, hasReLU: op.hasReLU), into: pass.output.stored,
      scratch: pass.scratch, pool: pass.pool)
  }

  /// Multiplies the running statistics into filter and bias.
  private func fold(_ norm: BatchNorm, bias folded: Buffer, filter packed: Buffer) {
    let parameters = NormParameters(pass.inputs[...])
    let scale = pass.scratch.slice(at: 0, count: folded.count)
    for c in 0..<folded.count {
      let deviation = (Double(parameters.runningVariance[c]) + norm.epsilon).squareRoot()
      let factor = Double(parameters.weight[c]) / deviation
      let mean = Double(parameters.runningMean[c]) - Double(bias?[c] ?? 0)
      scale[c] = Float(factor)
      folded[c] = Float(Double(parameters.bias[c]) - mean * factor)
    }
    method.pack(pass.inputs[1].buffer, scale: scale, into: packed, pool: pass.pool)
  }
}

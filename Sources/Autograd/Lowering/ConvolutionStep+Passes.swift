import Kernels

extension ConvolutionStep {
  /// The convolution with its bias, and its ReLU where no batch norm lies between.
  func convolve(_ pass: ForwardPass, moments: ChannelMomentsTarget? = nil) {
    let packed = method.packed(pass[operands.filter].buffer, in: pass.scratch, pool: pass.pool)
    let epilogue = ConvolutionEpilogue(
      bias: bias(pass), hasReLU: hasReLU && norm == nil, moments: moments)
    method.forward(
      pass[operands.x].pixels, packed: packed, epilogue, into: result(pass.saved, pass.output),
      scratch: pass.scratch.rest(after: method.packedScratch), pool: pass.pool)
  }

  /// The convolution, and the factors with which it or its readers normalise the result.
  func runNormalized(_ norm: Norm, _ pass: ForwardPass) {
    let factors = factors(pass.saved, pass.output)
    let parameters = norm.operands.map { pass[$0].buffer }
    convolve(
      pass, moments: norm.op.training ? factors.moments(about: parameters.runningMean) : nil)
    factors.finish(
      norm.op, parameters, pixels: sizes.images * sizes.rows * sizes.columns, hasReLU: hasReLU)
    guard norm.treatment == .applied else { return }
    activationForward(
      result(pass.saved, pass.output).waiting(for: factors.activation), into: pass.output.stored,
      adds: false, pool: pass.pool)
  }

  /// The convolution with the filter and the bias that the batch norm is folded into.
  func runFolded(_ norm: Norm, _ pass: ForwardPass) {
    let folded = pass.saved.slice(at: 0, count: sizes.outputChannels)
    let packed = pass.saved.slice(at: padded(sizes.outputChannels), count: method.packedCount)
    if !pass.hasSaved { fold(norm, pass, bias: folded, filter: packed) }
    method.forward(
      pass[operands.x].pixels, packed: packed, ConvolutionEpilogue(bias: folded, hasReLU: hasReLU),
      into: pass.output.stored, scratch: pass.scratch, pool: pass.pool)
  }

  /// Multiplies the running statistics into filter and bias.
  private func fold(_ norm: Norm, _ pass: ForwardPass, bias folded: Buffer, filter packed: Buffer) {
    let parameters = norm.operands.map { pass[$0].buffer }
    let bias = bias(pass)
    let scale = pass.scratch.slice(at: 0, count: folded.count)
    for c in 0..<folded.count {
      let deviation = (Double(parameters.runningVariance[c]) + norm.op.epsilon).squareRoot()
      let factor = Double(parameters.weight[c]) / deviation
      let mean = Double(parameters.runningMean[c]) - Double(bias?[c] ?? 0)
      scale[c] = Float(factor)
      folded[c] = Float(Double(parameters.bias[c]) - mean * factor)
    }
    method.pack(pass[operands.filter].buffer, scale: scale, into: packed, pool: pass.pool)
  }

  private func bias(_ pass: ForwardPass) -> Buffer? { operands.bias.map { pass[$0].buffer } }

  /// From the gradient of the normalised result to that of the convolution's own, in place.
  func backThrough(_ norm: Norm, _ dy: Pixels, _ pass: BackwardPass) {
    NormGradient(
      norm: norm.op, factors: factors(pass.saved, pass.output),
      dweight: pass.gradient(of: norm.operands.weight),
      dbias: pass.gradient(of: norm.operands.bias), dconvolutionBias: dbias(pass)
    ).run(dy, z: result(pass.saved, pass.output), scratch: pass.scratch, pool: pass.pool)
  }

  /// The ReLU's part of the gradient, in place, and the gradient of the bias.
  func backThroughReLU(_ dy: Pixels, _ pass: BackwardPass) {
    let dbias = dbias(pass)
    if hasReLU {
      maskBackward(
        dy, output: pass.output.stored, biasSums: dbias?.buffer, biasAdds: dbias?.adds ?? false,
        scratch: pass.scratch, pool: pass.pool)
    } else if let dbias {
      biasBackward(
        dy, into: dbias.buffer, adds: dbias.adds, scratch: pass.scratch, pool: pass.pool)
    }
  }

  private func dbias(_ pass: BackwardPass) -> BackwardPass.Gradient? {
    operands.bias.flatMap { pass.gradient(of: $0) }
  }
}

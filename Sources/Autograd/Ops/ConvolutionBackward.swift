import Kernels

/// One backward pass of a convolution.
struct ConvolutionBackward {
  let op: Convolution
  let pass: BackwardPass
  let method: any ConvolutionMethod

  func run() {
    let dy = pass.doutput.stored
    if let norm = op.norm {
      let last = pass.dinputs.count - 4
      NormGradient(
        norm: norm, factors: op.factors(pass.notes, pass.output), dweight: pass.dinputs[last],
        dbias: pass.dinputs[last + 1], dconvolutionBias: dbias
      ).run(dy, z: op.result(pass.notes, pass.output), scratch: pass.scratch, pool: pass.pool)
    } else {
      finish(dy)
    }
    if let dw = pass.dinputs[1] {
      method.backwardFilter(
        dy, pass.inputs[0].pixels, into: dw.buffer, adds: dw.adds, scratch: pass.scratch,
        pool: pass.pool)
    }
    if let dx = pass.dinputs[0] {
      method.backwardInput(
        dy, pass.inputs[1].buffer, into: dx.tensor.stored, adds: dx.adds, scratch: pass.scratch,
        pool: pass.pool)
    }
  }

  private var dbias: BackwardPass.Gradient? {
    op.hasBias(pass.inputs.count) ? pass.dinputs[2] : nil
  }

  /// The ReLU's part of the gradient, in place, and the gradient of the bias.
  private func finish(_ dy: Pixels) {
    if op.hasReLU {
      maskByOutput(
        dy, output: pass.output.stored, biasSums: dbias?.buffer, biasAdds: dbias?.adds ?? false,
        scratch: pass.scratch, pool: pass.pool)
    } else if let dbias {
      channelSums(
        dy, into: dbias.buffer, adds: dbias.adds, scratch: pass.scratch, pool: pass.pool)
    }
  }
}

import Kernels

extension ConvolutionStep {
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

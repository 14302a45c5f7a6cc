import Kernels

/// Turns logits into probabilities, `p = 1 / (1 + exp(-z))`, any shape.
struct Sigmoid: Op, Step {
  var meaning: OpMeaning? { .sigmoid }

  func shape(of inputs: [Shape]) -> Shape { inputs[0] }

  var keeps: Keeps { .output }

  /// `p = 1 / (1 + exp(-z))`.
  func forward(_ pass: ForwardPass) {
    sigmoidForward(pass.inputs[0].buffer, into: pass.output.buffer, pool: pass.pool)
  }

  /// `dz = dp * p * (1 - p)`.
  func backward(_ pass: BackwardPass) {
    guard let dz = pass.dinputs[0] else { return }
    sigmoidBackward(
      pass.doutput.buffer, output: pass.output.buffer, into: dz.buffer, adds: dz.adds,
      pool: pass.pool)
  }
}

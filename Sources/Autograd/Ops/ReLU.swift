import Kernels

/// The larger of each value and 0, any shape.
struct ReLU: Op, Step {
  var meaning: OpMeaning? { .relu }

  func shape(of inputs: [Shape]) -> Shape { inputs[0] }

  /// The output, which says where the input was positive.
  var keeps: Keeps { .output }

  /// `y = max(x, 0)`.
  func forward(_ pass: ForwardPass) {
    reluForward(pass.inputs[0].buffer, into: pass.output.buffer, pool: pass.pool)
  }

  /// `dx = dy` where `y > 0`; 0 at the kink, as PyTorch.
  func backward(_ pass: BackwardPass) {
    guard let dx = pass.dinputs[0] else { return }
    reluBackward(
      pass.doutput.buffer, output: pass.output.buffer, into: dx.buffer, adds: dx.adds,
      pool: pass.pool)
  }
}

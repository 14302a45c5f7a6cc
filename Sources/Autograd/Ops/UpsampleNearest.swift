import Kernels

/// Repeats every pixel in a 2 x 2 block.
struct UpsampleNearest: Op, Step {
  var meaning: OpMeaning? { .upsampleNearest }

  /// `[N, C, 2 H, 2 W]`.
  func shape(of inputs: [Shape]) -> Shape {
    let x = inputs[0]
    return Shape(x.images, x.channels, 2 * x.height, 2 * x.width)
  }

  var keeps: Keeps { [] }

  /// `y[2 i + a, 2 j + b] = x[i, j]`.
  func forward(_ pass: ForwardPass) {
    upsampleForward(pass.inputs[0].stored, into: pass.output.stored, pool: pass.pool)
  }

  /// `dx[i, j]` is the sum of `dy` over its block.
  func backward(_ pass: BackwardPass) {
    guard let dx = pass.dinputs[0] else { return }
    upsampleBackward(
      pass.doutput.stored, into: dx.tensor.stored, adds: dx.adds, pool: pass.pool)
  }
}

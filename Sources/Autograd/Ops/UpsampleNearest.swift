import Kernels

/// Repeats every pixel in a `factor` x `factor` block.
struct UpsampleNearest: Op, Step {
  /// How often a pixel is repeated in each direction.
  let factor: Int

  /// Makes the op.
  init(factor: Int = 2) {
    precondition(factor >= 1, "a factor of \(factor)")
    self.factor = factor
  }

  /// `[N, C, factor H, factor W]`.
  func shape(of inputs: [Shape]) -> Shape {
    let x = inputs[0]
    return Shape(x.images, x.channels, x.height * factor, x.width * factor)
  }

  /// Nothing.
  var keeps: Keeps { [] }

  /// `y[factor i + a, factor j + b] = x[i, j]`.
  func forward(_ pass: ForwardPass) {
    let x = pass.inputs[0]
    upsampleForward(
      x.buffer, images: x.shape.images, height: x.shape.height, width: x.shape.width,
      channels: x.shape.channels, factor: factor, into: pass.output.buffer, pool: pass.pool)
  }

  /// `dx[i, j]` is the sum of `dy` over its block.
  func backward(_ pass: BackwardPass) {
    guard let dx = pass.dinputs[0] else { return }
    let x = pass.inputs[0].shape
    upsampleBackward(
      pass.doutput.buffer, images: x.images, height: x.height, width: x.width, channels: x.channels,
      factor: factor, into: dx.buffer, adds: dx.adds, pool: pass.pool)
  }
}

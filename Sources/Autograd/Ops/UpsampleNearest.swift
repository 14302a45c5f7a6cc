import Kernels

/// Repeats every pixel in a `factor` x `factor` block.
public struct UpsampleNearest: Op, Step {
  /// How often a pixel is repeated in each direction.
  public let factor: Int

  /// Makes the op.
  public init(factor: Int = 2) {
    precondition(factor >= 1, "a factor of \(factor)")
    self.factor = factor
  }

  /// `[N, C, factor H, factor W]`.
  public func shape(of inputs: [Shape]) -> Shape {
    let x = inputs[0]
    return Shape(x.images, x.channels, x.height * factor, x.width * factor)
  }

  /// Nothing.
  public var keeps: Keeps { [] }

  /// `y[factor i + a, factor j + b] = x[i, j]`.
  public func forward(_ pass: ForwardPass) {
    let x = pass.inputs[0]
    upsampleForward(
      x.buffer, images: x.shape.images, height: x.shape.height, width: x.shape.width,
      channels: x.shape.channels, factor: factor, into: pass.output.buffer, pool: pass.pool)
  }

  /// `dx[i, j]` is the sum of `dy` over its block.
  public func backward(_ pass: BackwardPass) {
    guard let dx = pass.dinputs[0] else { return }
    let x = pass.inputs[0].shape
    upsampleBackward(
      pass.doutput.buffer, images: x.images, height: x.height, width: x.width, channels: x.channels,
      factor: factor, into: dx.buffer, adds: dx.adds, pool: pass.pool)
  }
}

import Kernels

/// Pictures at another size, blended bilinearly, as PyTorch's `interpolate` without aligned corners.
public struct ResizeBilinear: Op {
  /// Rows of the result.
  public let height: Int
  /// Columns of the result.
  public let width: Int

  /// Makes the op.
  public init(height: Int, width: Int) {
    precondition(height >= 1 && width >= 1, "a picture of \(height) x \(width) pixels")
    self.height = height
    self.width = width
  }

  /// `[N, C, height, width]`.
  public func shape(of inputs: [Shape]) -> Shape {
    Shape(inputs[0].images, inputs[0].channels, height, width)
  }

  /// Nothing.
  public var keeps: Keeps { [] }

  /// Every pixel is a blend of the four whose centres lie around it.
  public func forward(_ pass: ForwardPass) {
    let (x, y) = (pass.inputs[0], pass.output)
    resizeForward(x.shape.pixels(x.buffer), into: y.shape.pixels(y.buffer), pool: pass.pool)
  }

  /// Each of the four gets its share of `dy`.
  public func backward(_ pass: BackwardPass) {
    guard let dx = pass.dinputs[0] else { return }
    resizeBackward(
      pass.output.shape.pixels(pass.doutput), into: pass.inputs[0].shape.pixels(dx.buffer),
      adds: dx.adds, pool: pass.pool)
  }
}

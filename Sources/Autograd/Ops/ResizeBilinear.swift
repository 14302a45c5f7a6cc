import Kernels

/// Feature maps at another size, blended bilinearly, as PyTorch's `interpolate` without aligned corners.
struct ResizeBilinear: Op, Step {
  /// Rows of the result.
  let height: Int
  /// Columns of the result.
  let width: Int

  var meaning: OpMeaning? { .resizeBilinear(height: height, width: width) }

  /// Makes the op.
  init(height: Int, width: Int) {
    precondition(height >= 1 && width >= 1, "a feature map of \(height) x \(width) pixels")
    self.height = height
    self.width = width
  }

  /// `[N, C, height, width]`.
  func shape(of inputs: [Shape]) -> Shape {
    Shape(inputs[0].images, inputs[0].channels, height, width)
  }

  var keeps: Keeps { [] }
  var views: Views { .writes }

  /// Every pixel is a blend of the four whose centres lie around it.
  func forward(_ pass: ForwardPass) {
    resizeForward(pass.inputs[0].stored, into: pass.output.stored, pool: pass.pool)
  }

  /// Each of the four gets its share of `dy`.
  func backward(_ pass: BackwardPass) {
    guard let dx = pass.dinputs[0] else { return }
    resizeBackward(
      pass.doutput.stored, into: dx.tensor.stored, adds: dx.adds, pool: pass.pool)
  }
}

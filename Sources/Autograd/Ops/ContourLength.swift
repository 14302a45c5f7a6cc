import Kernels

/// The mean length of the border of probabilities: equation (2) of the paper.
///
/// Chen et al. 2019, equation 11: `sqrt(dx^2 + dy^2 + epsilon)` of the forward differences, over the (H - 1) x (W - 1) pixels that
/// have both. Input: probabilities `[N, 1, H, W]` with H and W at least 2. Output `[1]`.
struct ContourLength: Op, Step {
  /// Keeps the root differentiable on flat ground.
  let epsilon: Double

  func shape(of inputs: [Shape]) -> Shape {
    let p = inputs[0]
    precondition(p.channels == 1 && p.height > 1 && p.width > 1, "the border in \(p)")
    return Shape(1)
  }

  func forwardScratch(for inputs: [Shape], threads: Int) -> Int { lossScratch }

  /// The mean of the lengths.
  func forward(_ pass: ForwardPass) {
    let p = pass.inputs[0]
    let sum = contourForward(
      p.stored, epsilon: Float(epsilon), scratch: pass.scratch, pool: pass.pool)
    pass.output.buffer[0] = Float(sum / Self.terms(p.shape))
  }

  /// Each length pulls at its pixel and at the two neighbours right and below.
  func backward(_ pass: BackwardPass) {
    guard let dp = pass.dinputs[0] else { return }
    let p = pass.inputs[0]
    contourBackward(
      p.stored, epsilon: Float(epsilon),
      scale: Float(Double(pass.doutput.buffer[0]) / Self.terms(p.shape)), into: dp.buffer,
      adds: dp.adds, pool: pass.pool)
  }

  private static func terms(_ p: Shape) -> Double {
    Double(p.images * (p.height - 1) * (p.width - 1))
  }
}

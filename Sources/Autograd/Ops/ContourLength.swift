import Kernels

/// The mean length of the border of probabilities: equation (2) of the paper.
///
/// Chen et al. 2019, equation 11: `sqrt(dx^2 + dy^2 + epsilon)` of the forward differences, over the (H - 1) x (W - 1) pixels that
/// have both. Input: probabilities `[N, 1, H, W]` with H and W at least 2. Output `[1]`. A second input of
/// that shape, constant, has 1 where a pixel's length counts and 0 elsewhere, the last row and column among
/// them: the mean is over those that do.
struct ContourLength: Op, Step {
  /// Keeps the root differentiable on flat ground.
  let epsilon: Double

  func shape(of inputs: [Shape]) -> Shape {
    let p = inputs[0]
    precondition(p.channels == 1 && p.height > 1 && p.width > 1, "the border in \(p)")
    precondition(inputs.count <= 2 && inputs.last == p, "the border in \(inputs)")
    return Shape(1)
  }

  /// How many lengths count.
  func savedCount(for inputs: [Shape]) -> Int { 1 }

  func forwardScratch(for inputs: [Shape], threads: Int) -> Int { lossScratch }

  /// The mean of the lengths.
  func forward(_ pass: ForwardPass) {
    let p = pass.inputs[0]
    let known = pass.inputs.count > 1 ? pass.inputs[1].buffer : nil
    let sum = contourForward(
      p.stored, known: known, epsilon: Float(epsilon), scratch: pass.scratch, pool: pass.pool)
    let count = known == nil ? Self.terms(p.shape) : countOfKnown(pass, at: 1)
    pass.saved[0] = Float(count)
    pass.output.buffer[0] = Float(sum / count)
  }

  /// Each length pulls at its pixel and at the two neighbours right and below.
  func backward(_ pass: BackwardPass) {
    guard let dp = pass.dinputs[0] else { return }
    contourBackward(
      pass.inputs[0].stored, known: pass.inputs.count > 1 ? pass.inputs[1].buffer : nil,
      epsilon: Float(epsilon),
      scale: Float(Double(pass.doutput.buffer[0]) / Double(pass.saved[0])), into: dp.buffer,
      adds: dp.adds, pool: pass.pool)
  }

  private static func terms(_ p: Shape) -> Double {
    Double(p.images * (p.height - 1) * (p.width - 1))
  }
}

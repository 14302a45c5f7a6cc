import Kernels

/// The region that prediction and target do not share: equation (3) of the paper.
///
/// `|mean(p (1 - t)^2)| + |mean((1 - p) t^2)|`; the target may be soft and is constant. Inputs:
/// probabilities and target of one shape `[N, 1, H, W]`. Output `[1]`. A third input of that shape, constant
/// too, has 1 where a pixel counts and 0 elsewhere, where both others are to be 0: the mean is over those
/// that do.
struct RegionArea: Op, Step {
  func shape(of inputs: [Shape]) -> Shape {
    precondition(
      (2...3).contains(inputs.count) && inputs.allSatisfy { $0 == inputs[0] },
      "probabilities and target \(inputs)")
    return Shape(1)
  }

  /// The signs of both sums, and how many pixels count.
  func savedCount(for inputs: [Shape]) -> Int { 3 }

  func forwardScratch(for inputs: [Shape], threads: Int) -> Int { lossScratch }

  /// The means' magnitudes, added.
  func forward(_ pass: ForwardPass) {
    let sums = areaForward(
      pass.inputs[0].buffer, pass.inputs[1].buffer, scratch: pass.scratch, pool: pass.pool)
    pass.saved[0] = sums.outside < 0 ? -1 : 1
    pass.saved[1] = sums.inside < 0 ? -1 : 1
    let count = countOfKnown(pass, at: 2)
    pass.saved[2] = Float(count)
    pass.output.buffer[0] = Float((abs(sums.outside) + abs(sums.inside)) / count)
  }

  /// `dp = (1 - t)^2 - t^2`, each with its sum's sign, over the pixels.
  func backward(_ pass: BackwardPass) {
    guard let dp = pass.dinputs[0] else { return }
    let scale = Float(Double(pass.doutput.buffer[0]) / Double(pass.saved[2]))
    areaBackward(
      target: pass.inputs[1].buffer, outside: scale * pass.saved[0],
      inside: scale * pass.saved[1], into: dp.buffer, adds: dp.adds, pool: pass.pool)
  }
}

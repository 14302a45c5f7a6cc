import Kernels

/// The mean cross entropy of a target with probabilities given as logits.
///
/// Inputs: logits and target of one shape, the target in 0...1 and constant. Stable for any logit:
/// `max(z, 0) - z t + log(1 + exp(-|z|))`. Output `[1]`, at least 0. A third input of that shape, constant
/// too, has how much each pixel counts, at least 0: the mean is weighted by it.
struct BinaryCrossEntropy: Op, Step {
  func shape(of inputs: [Shape]) -> Shape {
    precondition(
      (2...3).contains(inputs.count) && inputs.allSatisfy { $0 == inputs[0] },
      "logits and target \(inputs)")
    return Shape(1)
  }

  /// The sum of the weights.
  func savedCount(for inputs: [Shape]) -> Int { 1 }

  func forwardScratch(for inputs: [Shape], threads: Int) -> Int { lossScratch }

  /// The weighted mean over all elements.
  func forward(_ pass: ForwardPass) {
    let sum = crossEntropyForward(
      logits: pass.inputs[0].buffer, target: pass.inputs[1].buffer,
      weights: pass.inputs.count > 2 ? pass.inputs[2].buffer : nil, scratch: pass.scratch,
      pool: pass.pool)
    let count = countOfKnown(pass, at: 2)
    pass.saved[0] = Float(count)
    pass.output.buffer[0] = Float(sum / count)
  }

  /// `dz = w (sigmoid(z) - t) / sum w`.
  func backward(_ pass: BackwardPass) {
    guard let dz = pass.dinputs[0] else { return }
    crossEntropyBackward(
      logits: pass.inputs[0].buffer, target: pass.inputs[1].buffer,
      weights: pass.inputs.count > 2 ? pass.inputs[2].buffer : nil,
      scale: pass.doutput.buffer[0] / pass.saved[0], into: dz.buffer,
      adds: dz.adds, pool: pass.pool)
  }
}

/// How many pixels count: the sum of an input of weights, at least 1, or where it is not given all.
func countOfKnown(_ pass: ForwardPass, at index: Int) -> Double {
  guard pass.inputs.count > index else { return Double(pass.inputs[0].shape.count) }
  let known = pass.inputs[index].buffer
  return max(1, overlapSums(known, known, scratch: pass.scratch, pool: pass.pool).t)
}

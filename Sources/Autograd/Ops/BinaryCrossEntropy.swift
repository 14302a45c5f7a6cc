import Kernels

/// The mean cross entropy of a target with probabilities given as logits.
///
/// Inputs: logits and target of one shape, the target in 0...1 and constant. Stable for any logit:
/// `max(z, 0) - z t + log(1 + exp(-|z|))`. Output `[1]`, at least 0.
struct BinaryCrossEntropy: Op, Step {
  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs.count == 2 && inputs[0] == inputs[1], "logits and target \(inputs)")
    return Shape(1)
  }

  func forwardScratch(for inputs: [Shape], threads: Int) -> Int { lossScratch }

  /// The mean over all elements.
  func forward(_ pass: ForwardPass) {
    let sum = crossEntropyForward(
      logits: pass.inputs[0].buffer, target: pass.inputs[1].buffer, scratch: pass.scratch,
      pool: pass.pool)
    pass.output.buffer[0] = Float(sum / Double(pass.inputs[0].shape.count))
  }

  /// `dz = (sigmoid(z) - t) / n`.
  func backward(_ pass: BackwardPass) {
    guard let dz = pass.dinputs[0] else { return }
    crossEntropyBackward(
      logits: pass.inputs[0].buffer, target: pass.inputs[1].buffer,
      scale: pass.doutput.buffer[0] / Float(pass.inputs[0].shape.count), into: dz.buffer,
      adds: dz.adds, pool: pass.pool)
  }
}

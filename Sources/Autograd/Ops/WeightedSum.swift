import Kernels

/// A sum of values of one shape, each with a constant weight: how losses are put together.
struct WeightedSum: Op, Step {
  /// The weight of every input.
  let weights: [Float]

  func shape(of inputs: [Shape]) -> Shape {
    precondition(
      inputs.count == weights.count && !inputs.isEmpty && inputs.allSatisfy { $0 == inputs[0] },
      "\(weights.count) weights for \(inputs)")
    return inputs[0]
  }

  var keeps: Keeps { [] }

  /// `y = sum of weight * x`.
  func forward(_ pass: ForwardPass) {
    for (index, input) in pass.inputs.enumerated() {
      scaleKernel(
        input.buffer, by: weights[index], into: pass.output.buffer, adds: index > 0,
        pool: pass.pool)
    }
  }

  /// `dx = weight * dy`.
  func backward(_ pass: BackwardPass) {
    for case (let index, let target?) in pass.dinputs.enumerated() {
      scaleKernel(
        pass.doutput.buffer, by: weights[index], into: target.buffer, adds: target.adds,
        pool: pass.pool)
    }
  }
}

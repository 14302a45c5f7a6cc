import Kernels

/// The sum over all elements of the products of two values of one shape; `[1]`.
///
/// With a constant second factor it gives a value a chosen gradient, which checks of gradients need.
struct Dot: Op, Step {
  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs.count == 2 && inputs[0] == inputs[1], "the product of \(inputs)")
    return Shape(1)
  }

  func forwardScratch(for inputs: [Shape], threads: Int) -> Int { lossScratch }

  /// `y = sum of a * b`.
  func forward(_ pass: ForwardPass) {
    let sums = overlapSums(
      pass.inputs[0].buffer, pass.inputs[1].buffer, scratch: pass.scratch, pool: pass.pool)
    pass.output.buffer[0] = Float(sums.both)
  }

  /// `da = dy * b`, `db = dy * a`.
  func backward(_ pass: BackwardPass) {
    for case (let index, let target?) in pass.dinputs.enumerated() {
      scaleKernel(
        pass.inputs[1 - index].buffer, by: pass.doutput.buffer[0], into: target.buffer,
        adds: target.adds, pool: pass.pool)
    }
  }
}

import Kernels

/// The sum of two values of one shape.
struct Add: Op, Step {
  /// Whether values below 0 become 0: `y = max(a + b, 0)`, a sum and the ReLU behind it in one pass.
  var hasReLU = false

  /// That of both inputs.
  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs.count == 2 && inputs[0] == inputs[1], "\(inputs) cannot be added")
    return inputs[0]
  }

  var meaning: OpMeaning? { .add }

  /// The output, where a ReLU asks which values passed.
  var keeps: Keeps { hasReLU ? .output : [] }

  var views: Views { .reads }

  /// The first: it gets the output's gradient as it is.
  var sharedGradient: Int? { 0 }

  /// `y = a + b`.
  func forward(_ pass: ForwardPass) {
    additionForward(
      pass.inputs[0].pixels, pass.inputs[1].pixels, hasReLU: hasReLU, into: pass.output.stored,
      pool: pass.pool)
  }

  /// `da = dy`, `db = dy`.
  func backward(_ pass: BackwardPass) {
    let dy = pass.doutput.stored
    if hasReLU { maskBackward(dy, output: pass.output.stored, pool: pass.pool) }
    for case .some(let d) in pass.dinputs where !d.isShared {
      activationForward(dy, into: d.tensor.stored, adds: d.adds, pool: pass.pool)
    }
  }
}

import Kernels

/// The sum of two values of one shape.
struct Add: Op, Step {
  /// Whether values below 0 become 0: `y = max(a + b, 0)`, a sum and the ReLU behind it in one pass.
  let hasReLU: Bool

  /// Makes the op.
  init() { self.init(hasReLU: false) }

  init(hasReLU: Bool) { self.hasReLU = hasReLU }

  /// That of both inputs.
  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs.count == 2 && inputs[0] == inputs[1], "\(inputs) cannot be added")
    return inputs[0]
  }

  /// The output, where a ReLU asks which values passed.
  var keeps: Keeps { hasReLU ? .output : [] }

  /// Reads anything.
  var views: Views { .reads }

  /// The first: it gets the output's gradient as it is.
  var sharedGradient: Int? { 0 }

  /// `y = a + b`.
  func forward(_ pass: ForwardPass) {
    let (a, b) = (pass.inputs[0], pass.inputs[1])
    if a.shape.extents.count == 4 {
      additionForward(
        a.pixels, b.pixels, hasReLU: hasReLU, into: pass.output.stored, pool: pass.pool)
    } else {
      addKernel(a.buffer, b.buffer, into: pass.output.buffer, pool: pass.pool)
      if hasReLU { reluForward(pass.output.buffer, into: pass.output.buffer, pool: pass.pool) }
    }
  }

  /// `da = dy`, `db = dy`.
  func backward(_ pass: BackwardPass) {
    let dy = pass.doutput
    let areMaps = dy.shape.extents.count == 4
    if hasReLU, areMaps {
      maskBackward(
        dy.stored, output: pass.output.stored, biasSums: nil, biasAdds: false, scratch: nil,
        pool: pass.pool)
    } else if hasReLU {
      reluBackward(
        dy.buffer, output: pass.output.buffer, into: dy.buffer, adds: false, pool: pass.pool)
    }
    for case .some(let d) in pass.dinputs where !d.isShared {
      if areMaps {
        activationForward(dy.stored, into: d.tensor.stored, adds: d.adds, pool: pass.pool)
      } else {
        copyKernel(dy.buffer, into: d.buffer, adds: d.adds, pool: pass.pool)
      }
    }
  }
}

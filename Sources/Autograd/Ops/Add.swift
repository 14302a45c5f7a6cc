import Kernels

/// The sum of two values of one shape.
public struct Add: Op {
  /// Makes the op.
  public init() {}

  /// That of both inputs.
  public func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs.count == 2 && inputs[0] == inputs[1], "\(inputs) cannot be added")
    return inputs[0]
  }

  /// Nothing.
  public var keeps: Keeps { [] }

  /// `y = a + b`.
  public func forward(_ pass: ForwardPass) {
    addKernel(
      pass.inputs[0].buffer, pass.inputs[1].buffer, into: pass.output.buffer, pool: pass.pool)
  }

  /// `da = dy`, `db = dy`.
  public func backward(_ pass: BackwardPass) {
    for case .some(let d) in pass.dinputs {
      copyKernel(pass.doutput, into: d.buffer, adds: d.adds, pool: pass.pool)
    }
  }
}

import Kernels

/// Feature maps times a factor a pixel, `[N, 1, H, W]`: what a `Multiply` of unequal shapes is run as.
struct Gate: Step {
  let gate: Operand
  let x: Operand

  var name: String { "Gate" }
  var views: Views { .writes }

  /// The feature maps alone may be anything.
  func readsView(at input: Int) -> Bool { input == x.index }

  func forward(_ pass: ForwardPass) {
    gateForward(
      gate: pass[gate].buffer, pass[x].pixels, into: pass.output.stored, pool: pass.pool)
  }

  /// Room for a gate's gradient that nobody wants: one pass finds both.
  func backwardScratch(for inputs: [Shape], threads: Int) -> Int { inputs[gate.index].count }

  /// `dgate` is the sum over the channels of `x dy`, `dx = gate dy`.
  func backward(_ pass: BackwardPass) {
    let (dgate, dx) = (pass.gradient(of: gate), pass.gradient(of: x))
    // What nobody wants of the feature maps' gradient may take the place of `dy`.
    let dy = pass.doutput.stored
    gateBackward(
      dy: dy, gate: pass[gate].buffer, x: pass[x].pixels, dgate: dgate?.buffer ?? pass.scratch,
      dgateAdds: dgate?.adds ?? false, dx: dx?.tensor.stored ?? dy, dxAdds: dx?.adds ?? false,
      pool: pass.pool)
  }
}

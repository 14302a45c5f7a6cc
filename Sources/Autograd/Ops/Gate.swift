import Kernels

/// Pictures times a factor a pixel, the factor `[N, 1, H, W]` first: what `Multiply` is run as there.
struct Gate: Op {
  func shape(of inputs: [Shape]) -> Shape { inputs[1] }

  var keeps: Keeps { .inputs }

  var views: Views { [.reads, .writes] }

  func forward(_ pass: ForwardPass) {
    gateForward(
      gate: pass.inputs[0].buffer, pass.inputs[1].pixels, into: pass.output.stored,
      pool: pass.pool)
  }

  /// Room for a gate's gradient that nobody wants: one pass finds both.
  func backwardScratch(for inputs: [Shape], threads: Int) -> Int { inputs[0].count }

  /// `dgate` is the sum over the channels of `x dy`, `dx = gate dy`.
  func backward(_ pass: BackwardPass) {
    let (gate, x) = (pass.inputs[0], pass.inputs[1])
    let (dgate, dx) = (pass.dinputs[0], pass.dinputs[1])
    // What nobody wants of the pictures' gradient may take the place of `dy`.
    let dy = pass.doutput.stored
    gateBackward(
      dy: dy, gate: gate.buffer, x: x.pixels, dgate: dgate?.buffer ?? pass.scratch,
      dgateAdds: dgate?.adds ?? false, dx: dx?.tensor.stored ?? dy, dxAdds: dx?.adds ?? false,
      pool: pass.pool)
  }
}

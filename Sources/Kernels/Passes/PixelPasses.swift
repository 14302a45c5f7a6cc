internal import CKernels

/// `y = x`, activated if an activation is pending, or `y += x` with `adds`: how a slice is filled
/// and how a value that was never stored comes to be.
public func activationForward(_ x: Pixels, into y: Pixels, adds: Bool = false, pool: ThreadPool) {
  x.requireShape(of: y, "x")
  y.requireNothingPending("y")
  let streams = y.streams
  y.runPieces(pool) { range in
    unsafe kernels.activation_forward(
      x.ck, y.ck, range.lowerBound, range.count, adds ? 1 : 0, streams)
  }
}

/// `y = a + b`, each activated if an activation is pending, and with `hasReLU` no less than 0.
public func additionForward(
  _ a: Pixels, _ b: Pixels, hasReLU: Bool, into y: Pixels, pool: ThreadPool
) {
  a.requireShape(of: y, "a")
  b.requireShape(of: y, "b")
  y.requireNothingPending("y")
  let streams = y.streams
  y.runPieces(pool) { range in
    unsafe kernels.addition_forward(
      a.ck, b.ck, hasReLU ? 0 : -.infinity, y.ck, range.lowerBound, range.count, streams)
  }
}

/// Adds a number a channel to every pixel: `y += bias`.
public func biasForward(_ bias: Buffer, to y: Pixels, pool: ThreadPool) {
  y.requireNothingPending("y")
  bias.require(y.channels, "bias")
  y.runPieces(pool) { range in
    unsafe kernels.bias_forward(y.ck, bias.base, range.lowerBound, range.count)
  }
}

/// `y = gate * x`: one factor a pixel for all its channels.
public func gateForward(gate: Buffer, _ x: Pixels, into y: Pixels, pool: ThreadPool) {
  x.requireShape(of: y, "x")
  y.requireNothingPending("y")
  gate.require(y.count, "gate")
  let streams = y.streams
  y.runPieces(pool) { range in
    unsafe kernels.gate_forward(gate.base, x.ck, y.ck, range.lowerBound, range.count, streams)
  }
}

/// The way back through a gate, in one pass: `dgate` is the sum over the channels of `x * dy`, and
/// `dx = gate * dy`; `dx` may be the memory of `dy`.
///
/// Where `x`, what was gated, has an activation pending, `dx` is the gradient of the activated value.
public func gateBackward(
  dy: Pixels, gate: Buffer, x: Pixels, dgate: Buffer, dgateAdds: Bool, dx: Pixels, dxAdds: Bool,
  pool: ThreadPool
) {
  x.requireShape(of: dy, "x")
  dx.requireShape(of: dy, "dx")
  dy.requireNothingPending("dy")
  dx.requireNothingPending("dx")
  gate.require(dy.count, "gate")
  dgate.require(dy.count, "dgate")
  let streams = dx.streams
  dy.runPieces(pool) { range in
    unsafe kernels.gate_backward(
      dy.ck, gate.base, x.ck, dgate.base, dgateAdds ? 1 : 0, dx.ck, dxAdds ? 1 : 0,
      range.lowerBound, range.count, streams)
  }
}

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

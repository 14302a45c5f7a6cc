internal import CKernels

/// `y = x`, activated if an activation is pending, or `y += x` with `adds`: how a slice is filled
/// and how a value that was never stored comes to be.
public func activate(_ x: Pixels, into y: Pixels, adds: Bool = false, pool: ThreadPool) {
  x.requireShape(of: y, "x")
  y.requireNothingPending("y")
  let streams = y.streams
  y.runPieces(pool) { range in
    let start = range.lowerBound
    unsafe ck_pass_activate(
      x.at(start), x.stride, x.ckPending, y.at(start), y.stride, range.count, y.channels,
      adds ? 1 : 0, streams)
  }
}

/// `y = a + b`, each activated if an activation is pending, and with `hasReLU` no less than 0.
public func addActivated(
  _ a: Pixels, _ b: Pixels, hasReLU: Bool, into y: Pixels, pool: ThreadPool
) {
  a.requireShape(of: y, "a")
  b.requireShape(of: y, "b")
  y.requireNothingPending("y")
  let streams = y.streams
  y.runPieces(pool) { range in
    let start = range.lowerBound
    unsafe ck_pass_add(
      a.at(start), a.stride, a.ckPending, b.at(start), b.stride, b.ckPending,
      hasReLU ? 0 : -.infinity, y.at(start), y.stride, range.count, y.channels, streams)
  }
}

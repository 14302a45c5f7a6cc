internal import CKernels

/// Adds a number a channel to every pixel: `y += bias`.
public func addBias(_ bias: Buffer, to y: Pixels, pool: ThreadPool) {
  y.requireNothingPending("y")
  bias.require(y.channels, "bias")
  y.runPieces(pool) { range in
    unsafe ck_add_bias(y.at(range.lowerBound), range.count, y.stride, y.channels, bias.base)
  }
}

internal import CKernels

/// Adds a number a channel to every pixel: `y += bias`.
public func addBias(_ bias: Buffer, to y: Pixels, pool: ThreadPool) {
  precondition(y.isDense, "a bias is added to whole pixels, not to a slice of them")
  y.requireNothingPending("y")
  bias.require(y.channels, "bias")
  y.runPieces(pool) { range in
    unsafe ck_add_bias(y.at(range.lowerBound), range.count, y.channels, bias.base)
  }
}

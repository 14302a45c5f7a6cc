internal import CKernels

/// Adds a number a channel to every pixel: `y += bias`.
public func biasForward(_ bias: Buffer, to y: Pixels, pool: ThreadPool) {
  y.requireNothingPending("y")
  bias.require(y.channels, "bias")
  y.runPieces(pool) { range in
    unsafe kernels.bias_forward(y.ck, bias.base, range.lowerBound, range.count)
  }
}

/// The sum of every channel over the pixels: the gradient of a bias.
public func biasBackward(
  _ dy: Pixels, into sums: Buffer, adds: Bool, scratch: Buffer, pool: ThreadPool
) {
  dy.requireNothingPending("dy")
  sums.require(dy.channels, "sums")
  let found = unsafe sumByPieces(of: dy, sums: 1, scratch: scratch, pool: pool) { range, out in
    unsafe kernels.channel_sums(dy.ck, range.lowerBound, range.count, out)
  }
  unsafe write(found, into: sums, adds: adds)
}

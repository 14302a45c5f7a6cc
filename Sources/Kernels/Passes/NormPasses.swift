internal import CKernels

/// The two sums that a batch norm's way back begins with, in one pass over `dy` and `z`.
///
/// `dy` is the gradient of the activated value, `z` what came into the batch norm. With `g = dy`
/// where the ReLU let the value through, `z * scale + shift > floor`, and 0 elsewhere, `sums` is the
/// sum of `g` over the pixels and `products` that of `g * (z - mean)`. A floor of minus infinity
/// blocks nothing. Takes `channelSumsScratch` floats of scratch memory.
public func normBackwardSums(
  dy: Pixels, z: Pixels, activation: PendingActivation, mean: Buffer, sums: Buffer,
  products: Buffer, scratch: Buffer, pool: ThreadPool
) {
  let channels = dy.channels
  requireNorm(dy: dy, z: z, activation, mean)
  sums.require(channels, "sums")
  products.require(channels, "products")
  let found = unsafe sumByPieces(of: dy, sums: 2, scratch: scratch, pool: pool) { range, out in
    unsafe kernels.norm_backward_sums(
      dy.ck, z.waiting(for: activation).ck, mean.base, range.lowerBound, range.count, out)
  }
  unsafe write(found, into: sums, adds: false)
  unsafe write(found + channels, into: products, adds: false)
}

/// Makes of `dy`, in place, `dz = scale * (g - offset - (z - mean) * slope)`, with the `g` of
/// `normBackwardSums`, in one pass.
public func normBackwardApply(
  dy: Pixels, z: Pixels, activation: PendingActivation, mean: Buffer, scale: Buffer,
  offset: Buffer, slope: Buffer, pool: ThreadPool
) {
  requireNorm(dy: dy, z: z, activation, mean)
  scale.require(dy.channels, "scale")
  offset.require(dy.channels, "offset")
  slope.require(dy.channels, "slope")
  dy.runPieces(pool) { range in
    unsafe kernels.norm_backward_apply(
      dy.ck, z.waiting(for: activation).ck, mean.base, scale.base, offset.base, slope.base,
      range.lowerBound, range.count)
  }
}

private func requireNorm(
  dy: Pixels, z: Pixels, _ activation: PendingActivation, _ mean: Buffer
) {
  z.requireShape(of: dy, "z")
  z.requireNothingPending("z")
  dy.requireNothingPending("dy")
  activation.require(dy.channels)
  mean.require(dy.channels, "mean")
}

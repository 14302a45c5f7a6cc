internal import CKernels

/// The pieces that sums over pixels are taken in: from the sizes alone, so that the bits do not
/// depend on threads, and few enough that adding them up costs nothing.
private func sumGrain(pixels: Int, channels: Int) -> Int {
  max(64, pixelGrain(channels: channels), (pixels + 255) / 256)
}

/// Floats of scratch memory that a pass needs which takes sums of every channel over the pixels.
public func channelSumsScratch(pixels: Int, channels: Int) -> Int {
  let pieces = ThreadPool.pieces(of: pixels, grain: sumGrain(pixels: pixels, channels: channels))
  return max(1, pieces) * 2 * channels * 2
}

/// Runs `body` on pieces of pixels with `sums` doubles a channel each, and adds the pieces up.
///
/// - Returns: the sums, at the start of `scratch`.
@unsafe
func sumByPieces(
  of x: Pixels, sums: Int, scratch: Buffer, pool: ThreadPool,
  _ body: (Range<Int>, UnsafeMutablePointer<Double>) -> Void
) -> UnsafeMutablePointer<Double> {
  scratch.require(
    atLeast: channelSumsScratch(pixels: x.count, channels: x.channels), "scratch")
  let doubles = unsafe UnsafeMutableRawPointer(scratch.base).assumingMemoryBound(to: Double.self)
  precondition(UInt(bitPattern: doubles) % 8 == 0, "scratch begins within a double")
  let width = sums * x.channels
  let grain = sumGrain(pixels: x.count, channels: x.channels)
  let pieces = max(1, ThreadPool.pieces(of: x.count, grain: grain))
  pool.run(pieces) { piece, _ in
    let mine = unsafe doubles + piece * width
    unsafe mine.update(repeating: 0, count: width)
    unsafe body(piece * grain..<min(x.count, (piece + 1) * grain), mine)
  }
  unsafe kernels.sum_pieces(doubles, pieces, width)
  return unsafe doubles
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

/// `dy = y > 0 ? dy : 0` in place, the way back through a ReLU whose result is `y`.
///
/// The sum of every channel of the result goes to `biasSums`, if that is given: then `scratch` must
/// be, too, of `channelSumsScratch` floats.
public func maskBackward(
  _ dy: Pixels, output y: Pixels, biasSums: Buffer? = nil, biasAdds: Bool = false,
  scratch: Buffer? = nil, pool: ThreadPool
) {
  y.requireShape(of: dy, "y")
  y.requireNothingPending("y")
  dy.requireNothingPending("dy")
  func mask(_ range: Range<Int>, _ sums: UnsafeMutablePointer<Double>?) {
    unsafe kernels.mask_backward(dy.ck, y.ck, range.lowerBound, range.count, sums)
  }
  guard let biasSums else {
    dy.runPieces(pool) { range in mask(range, nil) }
    return
  }
  biasSums.require(dy.channels, "biasSums")
  guard let scratch else { preconditionFailure("sums are taken in scratch memory") }
  let found = unsafe sumByPieces(of: dy, sums: 1, scratch: scratch, pool: pool) { range, out in
    unsafe mask(range, out)
  }
  unsafe write(found, into: biasSums, adds: biasAdds)
}

/// Mean and variance of every channel over the pixels.
public func channelMoments(
  _ x: Pixels, _ target: ChannelMomentsTarget, scratch: Buffer, pool: ThreadPool
) {
  x.requireNothingPending("x")
  precondition(x.count > 0, "no pixels to take the moments of")
  let channels = x.channels
  target.require(channels)
  let found = unsafe sumByPieces(of: x, sums: 2, scratch: scratch, pool: pool) { range, out in
    unsafe kernels.channel_moments(x.ck, target.about.base, range.lowerBound, range.count, out)
  }
  for c in 0..<channels {
    unsafe target.finish(c, sum: found[c], squares: found[channels + c], pixels: x.count)
  }
}

@unsafe
func write(_ found: UnsafePointer<Double>, into sums: Buffer, adds: Bool) {
  for c in 0..<sums.count {
    let sum = unsafe found[c]
    sums[c] = Float(adds ? Double(sums[c]) + sum : sum)
  }
}

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

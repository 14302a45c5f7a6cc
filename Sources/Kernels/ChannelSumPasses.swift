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
  unsafe ck_pass_total(doubles, pieces, width)
  return unsafe doubles
}

/// The sum of every channel over the pixels: the gradient of a bias.
public func channelSums(
  _ dy: Pixels, into sums: Buffer, adds: Bool, scratch: Buffer, pool: ThreadPool
) {
  dy.requireNothingPending("dy")
  sums.require(dy.channels, "sums")
  let found = unsafe sumByPieces(of: dy, sums: 1, scratch: scratch, pool: pool) { range, out in
    unsafe ck_pass_sums(dy.at(range.lowerBound), dy.stride, range.count, dy.channels, out)
  }
  unsafe write(found, into: sums, adds: adds)
}

/// `dy = y > 0 ? dy : 0` in place, the way back through a ReLU whose result is `y`.
///
/// The sum of every channel of the result goes to `biasSums`, if that is given: then `scratch` must
/// be, too, of `channelSumsScratch` floats.
public func maskByOutput(
  _ dy: Pixels, output y: Pixels, biasSums: Buffer?, biasAdds: Bool, scratch: Buffer?,
  pool: ThreadPool
) {
  y.requireShape(of: dy, "y")
  y.requireNothingPending("y")
  dy.requireNothingPending("dy")
  func mask(_ range: Range<Int>, _ sums: UnsafeMutablePointer<Double>?) {
    let start = range.lowerBound
    unsafe ck_pass_mask(
      dy.at(start), dy.stride, y.at(start), y.stride, range.count, dy.channels, sums)
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
  target.about.require(channels, "about")
  target.mean.require(channels, "mean")
  target.variance.require(channels, "variance")
  let found = unsafe sumByPieces(of: x, sums: 2, scratch: scratch, pool: pool) { range, out in
    unsafe ck_pass_moments(
      x.at(range.lowerBound), x.stride, target.about.base, range.count, channels, out)
  }
  for c in 0..<channels {
    let offset = unsafe found[c] / Double(x.count)
    let square = unsafe found[channels + c] / Double(x.count)
    // Not max(), which would hide a NaN.
    let variance = square - offset * offset
    let mean = Double(target.about[c]) + offset
    target.mean[c] = Float(mean)
    target.variance[c] = Float(variance < 0 ? 0 : variance)
  }
}

@unsafe
func write(_ found: UnsafePointer<Double>, into sums: Buffer, adds: Bool) {
  for c in 0..<sums.count {
    let sum = unsafe found[c]
    sums[c] = Float(adds ? Double(sums[c]) + sum : sum)
  }
}

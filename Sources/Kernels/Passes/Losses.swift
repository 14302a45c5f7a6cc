internal import CKernels

/// Floats of scratch memory that a sum over feature maps needs.
public let lossScratch = 2 * mostPieces * mostSums

/// Pieces that a sum is taken in at most, sums that one pass takes, and values in a piece at least.
private let mostPieces = 256
private let mostSums = 3
private let lossGrain = 1 << 13

/// Adds up what `body` gives for the pieces of `0..<count`, in their order, each of at least `grain`.
private func pieceSum(
  of count: Int, grain: Int = lossGrain, scratch: Buffer, pool: ThreadPool,
  _ body: (Range<Int>, UnsafeMutablePointer<Double>) -> Void
) -> (Double, Double, Double) {
  scratch.require(atLeast: lossScratch, "scratch")
  let partial = unsafe UnsafeMutableRawPointer(scratch.base).assumingMemoryBound(to: Double.self)
  let grain = max(grain, (count + mostPieces - 1) / mostPieces)
  pool.runPieces(of: count, grain: grain) { piece, range, _ in
    let sums = unsafe partial + piece * mostSums
    unsafe sums.update(repeating: 0, count: mostSums)
    unsafe body(range, sums)
  }
  var sums = (0.0, 0.0, 0.0)
  for piece in 0..<ThreadPool.pieces(of: count, grain: grain) {
    unsafe sums.0 += partial[piece * mostSums]
    unsafe sums.1 += partial[piece * mostSums + 1]
    unsafe sums.2 += partial[piece * mostSums + 2]
  }
  return sums
}

/// The sum over all pixels of the cross entropy of `target` with `sigmoid(logits)`, each times its weight where
/// weights are given.
public func crossEntropyForward(
  logits: Buffer, target: Buffer, weights: Buffer? = nil, scratch: Buffer, pool: ThreadPool
) -> Double {
  target.require(logits.count, "target")
  weights?.require(logits.count, "weights")
  return unsafe pieceSum(of: logits.count, scratch: scratch, pool: pool) { range, out in
    let (z, t) = unsafe (logits.base + range.lowerBound, target.base + range.lowerBound)
    if let weights {
      unsafe out[0] = kernels.weighted_cross_entropy_forward(
        z, t, weights.base + range.lowerBound, range.count)
    } else {
      unsafe out[0] = kernels.cross_entropy_forward(z, t, range.count)
    }
  }.0
}

/// `dz = scale * (sigmoid(z) - t)`, each times its weight where weights are given.
public func crossEntropyBackward(
  logits: Buffer, target: Buffer, weights: Buffer? = nil, scale: Float, into dz: Buffer,
  adds: Bool, pool: ThreadPool
) {
  target.require(logits.count, "target")
  weights?.require(logits.count, "weights")
  dz.require(logits.count, "dz")
  pool.runFloats(logits.count, grain: lossGrain) { start, count in
    let (z, t, dz) = unsafe (logits.base + start, target.base + start, dz.base + start)
    if let weights {
      unsafe kernels.weighted_cross_entropy_backward(
        z, t, weights.base + start, dz, count, scale, adds ? 1 : 0)
    } else {
      unsafe kernels.cross_entropy_backward(z, t, dz, count, scale, adds ? 1 : 0)
    }
  }
}

/// The sums of `p * t`, `p` and `t`.
public func overlapSums(
  _ p: Buffer, _ t: Buffer, scratch: Buffer, pool: ThreadPool
) -> (both: Double, p: Double, t: Double) {
  t.require(p.count, "t")
  let sums = unsafe pieceSum(of: p.count, scratch: scratch, pool: pool) { range, out in
    unsafe kernels.overlap_sums(
      p.base + range.lowerBound, t.base + range.lowerBound, range.count, out)
  }
  return (both: sums.0, p: sums.1, t: sums.2)
}

/// The sum of `sqrt(dx^2 + dy^2 + epsilon)` over the forward differences of single-channel feature maps.
///
/// Over the `(height - 1) x (width - 1)` pixels that have both neighbours, each times its value of `known`,
/// where that is given.
public func contourForward(
  _ p: Pixels, known: Buffer? = nil, epsilon: Float, scratch: Buffer, pool: ThreadPool
) -> Double {
  requireOneChannel(p)
  known?.require(p.count, "known")
  let (width, rows) = (p.width, max(0, p.height - 1))
  return unsafe pieceSum(
    of: p.images * rows, grain: 16, scratch: scratch, pool: pool
  ) { range, out in
    for row in range {
      let place = (row / rows * p.height + row % rows) * width
      let start = unsafe p.base + place
      unsafe out[0] += kernels.contour_row_forward(
        start, start + width, known.map { unsafe UnsafePointer($0.base + place) }, width, epsilon)
    }
  }.0
}

/// The gradient of `scale * contourForward`.
public func contourBackward(
  _ p: Pixels, known: Buffer? = nil, epsilon: Float, scale: Float, into dp: Buffer, adds: Bool,
  pool: ThreadPool
) {
  requireOneChannel(p)
  known?.require(p.count, "known")
  dp.require(p.count, "dp")
  let width = p.width
  pool.runPieces(of: p.images * p.height, grain: 16) { _, range, _ in
    for row in range {
      let y = row % p.height
      let here = unsafe p.base + row * width
      let known = unsafe known.map { unsafe UnsafePointer($0.base + row * width) }
      unsafe kernels.contour_row_backward(
        y > 0 ? here - width : nil, here, y + 1 < p.height ? here + width : nil, known,
        y > 0 ? known.map { unsafe $0 - width } : nil, width, epsilon, scale, dp.base + row * width,
        adds ? 1 : 0)
    }
  }
}

private func requireOneChannel(_ p: Pixels) {
  p.requireNothingPending("p")
  precondition(p.channels == 1 && p.isDense, "\(p.channels) channels, \(p.stride) floats apart")
}

/// The sums of `p * (1 - t)^2` and of `(1 - p) * t^2`.
public func areaForward(
  _ p: Buffer, _ t: Buffer, scratch: Buffer, pool: ThreadPool
) -> (outside: Double, inside: Double) {
  t.require(p.count, "t")
  let sums = unsafe pieceSum(of: p.count, scratch: scratch, pool: pool) { range, out in
    unsafe kernels.area_forward(
      p.base + range.lowerBound, t.base + range.lowerBound, range.count, out)
  }
  return (outside: sums.0, inside: sums.1)
}

/// `dp = outside * (1 - t)^2 - inside * t^2`.
public func areaBackward(
  target t: Buffer, outside: Float, inside: Float, into dp: Buffer, adds: Bool, pool: ThreadPool
) {
  t.require(dp.count, "t")
  pool.runFloats(t.count) { start, count in
    unsafe kernels.area_backward(
      t.base + start, dp.base + start, count, outside, inside, adds ? 1 : 0)
  }
}

internal import CKernels

/// Mean and variance of every channel over a batch's pixels.
public struct ChannelMoments: Sendable, Equatable {
  /// Means.
  public var mean: [Float]
  /// Variances that divide by the number of pixels.
  public var batchVariance: [Float]
}

/// Sums by piece and channel, added up in the order of the pieces.
private func channelSums(
  pixels: Int, channels: Int, pool: ThreadPool,
  _ body: (Range<Int>, UnsafeMutablePointer<Double>) -> Void
) -> [Double] {
  let grain = pixelGrain(channels: channels)
  let pieces = ThreadPool.pieces(of: pixels, grain: grain)
  let width = 2 * channels
  var partial = [Double](repeating: 0, count: pieces * width)
  unsafe partial.withUnsafeMutableBufferPointer { partial in
    guard let base = partial.baseAddress else { return }
    pool.runPieces(of: pixels, grain: grain) { piece, range, _ in
      unsafe body(range, base + piece * width)
    }
  }
  var sums = [Double](repeating: 0, count: width)
  for piece in 0..<pieces {
    for index in 0..<width { sums[index] += partial[piece * width + index] }
  }
  return sums
}

/// The sum over the pixels of every channel: the gradient of a bias.
public func channelSumsKernel(
  _ x: Buffer, channels: Int, into y: Buffer, adds: Bool, pool: ThreadPool
) {
  y.require(channels, "y")
  x.require(x.count / channels * channels, "x")
  let sums = unsafe channelSums(pixels: x.count / channels, channels: channels, pool: pool) {
    range, out in
    unsafe ck_channel_sums(x.base + range.lowerBound * channels, range.count, channels, out)
  }
  for c in 0..<channels { y[c] = Float((adds ? Double(y[c]) : 0) + sums[c]) }
}

/// Mean and variance over the pixels, summed about the first pixel so that a large mean costs no digits.
public func channelMoments(_ x: Buffer, channels: Int, pool: ThreadPool) -> ChannelMoments {
  let pixels = x.count / channels
  x.require(pixels * channels, "x")
  precondition(pixels > 0, "no pixels to take the moments of")
  let sums = unsafe channelSums(pixels: pixels, channels: channels, pool: pool) { range, out in
    unsafe ck_norm_sums(
      x.base + range.lowerBound * channels, x.base, range.count, channels, out, out + channels)
  }
  var moments = ChannelMoments(mean: [], batchVariance: [])
  for c in 0..<channels {
    let offset = sums[c] / Double(pixels)
    let variance = sums[channels + c] / Double(pixels) - offset * offset
    moments.mean.append(Float(Double(x[c]) + offset))
    moments.batchVariance.append(Float(max(0, variance)))
  }
  return moments
}

/// `y = (x - mean) * scale + bias`, channel by channel.
public func normalizeForward(
  _ x: Buffer, mean: Buffer, scale: Buffer, bias: Buffer, into y: Buffer, pool: ThreadPool
) {
  let channels = mean.count
  scale.require(channels, "scale")
  bias.require(channels, "bias")
  y.require(x.count / channels * channels, "y")
  x.require(y.count, "x")
  pool.runPieces(of: x.count / channels, grain: pixelGrain(channels: channels)) { _, range, _ in
    let start = range.lowerBound * channels
    unsafe ck_norm_apply(
      x.base + start, y.base + start, range.count, channels, mean.base, scale.base, bias.base)
  }
}

/// For every channel the sums over the pixels of `dy` and of `dy * (x - mean)`.
public func normalizeBackwardSums(
  _ dy: Buffer, _ x: Buffer, mean: Buffer, pool: ThreadPool
) -> (dy: [Double], products: [Double]) {
  let channels = mean.count
  x.require(x.count / channels * channels, "x")
  dy.require(x.count, "dy")
  let sums = unsafe channelSums(pixels: x.count / channels, channels: channels, pool: pool) {
    range, out in
    let start = range.lowerBound * channels
    unsafe ck_norm_back_sums(
      x.base + start, dy.base + start, mean.base, range.count, channels, out, out + channels)
  }
  return (Array(sums[..<channels]), Array(sums[channels...]))
}

/// `dx = scale * (dy - offset - (x - mean) * slope)`, channel by channel.
public func normalizeBackward(
  _ dy: Buffer, _ x: Buffer, mean: Buffer, scale: Buffer, offset: Buffer, slope: Buffer,
  into dx: Buffer, adds: Bool, pool: ThreadPool
) {
  let channels = mean.count
  for each in [scale, offset, slope] { each.require(channels, "a channel's factor") }
  x.require(dx.count, "x")
  dy.require(dx.count, "dy")
  pool.runPieces(of: x.count / channels, grain: pixelGrain(channels: channels)) { _, range, _ in
    let start = range.lowerBound * channels
    unsafe ck_norm_back(
      x.base + start, dy.base + start, dx.base + start, range.count, channels, mean.base,
      scale.base, offset.base, slope.base, adds ? 1 : 0)
  }
}

internal import CKernels

/// One way to compute the convolutions of one shape, its choices made when it is created.
///
/// Filters lie in memory `[kernel row][kernel column][input][output]`: what a product's vectors run over,
/// the outputs, lies together. Every call works within the scratch memory whose size the method states,
/// and allocates nothing. The bits do not depend on which thread takes which task.
public protocol ConvolutionMethod: Sendable {
  /// What `aura bench` calls it.
  var name: String { get }

  /// Floats of the filter as `forward` reads it.
  var packedCount: Int { get }

  /// Whether an unscaled packed filter is the filter itself, so that `forward` may be given that.
  var readsFilterUnpacked: Bool { get }

  /// Floats of scratch memory of `forward`.
  func forwardScratch(threads: Int) -> Int
  /// Floats of scratch memory of `backwardInput`.
  func backwardInputScratch(threads: Int) -> Int
  /// Floats of scratch memory of `backwardFilter`.
  func backwardFilterScratch(threads: Int) -> Int

  /// Prepares a filter; `scale`, if given, multiplies the filter of every output channel.
  func pack(_ w: Buffer, scale: Buffer?, into packed: Buffer, pool: ThreadPool)

  /// `y = x * w`, then what the epilogue says.
  func forward(
    _ x: Pixels, packed: Buffer, _ epilogue: ConvolutionEpilogue, into y: Pixels, scratch: Buffer,
    pool: ThreadPool)

  /// The gradient of the input, `dx` or `dx +=` with `adds`; `w` is not packed.
  func backwardInput(
    _ dy: Pixels, _ w: Buffer, into dx: Pixels, adds: Bool, scratch: Buffer, pool: ThreadPool)

  /// The gradient of the filter, in the filter's layout.
  func backwardFilter(
    _ dy: Pixels, _ x: Pixels, into dw: Buffer, adds: Bool, scratch: Buffer, pool: ThreadPool)
}

/// What happens to a convolution's result before it is written.
public struct ConvolutionEpilogue {
  /// Added to every output channel.
  public var bias: Buffer?
  /// Whether values below 0 become 0 (a NaN stays one), after the bias.
  public var hasReLU: Bool
  /// Where mean and variance of the result go, for a batch norm; not together with a ReLU.
  public var moments: ChannelMomentsTarget?

  /// Describes an epilogue.
  public init(bias: Buffer? = nil, hasReLU: Bool = false, moments: ChannelMomentsTarget? = nil) {
    precondition(!(hasReLU && moments != nil), "the moments of a batch norm come before its ReLU")
    self.bias = bias
    self.hasReLU = hasReLU
    self.moments = moments
  }

  /// Whether results are not written as they are.
  var doesAnything: Bool { bias != nil || moments != nil || hasReLU }

  /// The same for C, of the channels from one on.
  func ck(from channel: Int = 0, adds: Bool) -> ck_epilogue {
    unsafe ck_epilogue(
      bias: bias.map { unsafe UnsafePointer($0.base + channel) }, relu: hasReLU ? 1 : 0,
      adds: adds ? 1 : 0, about: moments.map { unsafe UnsafePointer($0.about.base + channel) })
  }
}

/// Where the mean and the variance of every channel over all pixels go.
public struct ChannelMomentsTarget {
  /// What sums are taken about, so that a large mean costs no digits: a guess of the mean.
  public let about: Buffer
  /// The means.
  public let mean: Buffer
  /// The variances, dividing by the number of pixels.
  public let variance: Buffer

  /// Wraps the three, each of one float a channel; `mean` and `about` may be the same memory.
  public init(about: Buffer, mean: Buffer, variance: Buffer) {
    self.about = about
    self.mean = mean
    self.variance = variance
  }

  func require(_ channels: Int) {
    about.require(channels, "about")
    mean.require(channels, "mean")
    variance.require(channels, "variance")
  }

  /// Writes a channel's mean and variance from the sums of what it is above `about`, and of its squares.
  func finish(_ channel: Int, sum: Double, squares: Double, pixels: Int) {
    let gap = sum / Double(pixels)
    let spread = squares / Double(pixels) - gap * gap
    mean[channel] = Float(Double(about[channel]) + gap)
    // Not max(), which would hide a NaN.
    variance[channel] = Float(spread < 0 ? 0 : spread)
  }
}

/// Copies a filter as it lies, the filter of every output channel times its `scale` if there is one.
func scaleFilter(
  _ w: Buffer, by scale: Buffer?, outputs: Int, into packed: Buffer, pool: ThreadPool
) {
  pool.runPieces(of: w.count / outputs, grain: pixelGrain(channels: outputs)) { _, rows, _ in
    let start = rows.lowerBound * outputs
    unsafe kernels.scale_rows(
      w.base + start, rows.count, outputs, scale.map { unsafe UnsafePointer($0.base) },
      packed.base + start)
  }
}

internal import CKernels

/// Channels-last feature maps as kernels read and write them: perhaps a slice of the channels of wider
/// feature maps, perhaps not yet activated.
///
/// Pixel `(n, y, x)` starts at float `((n * height + y) * width + x) * stride` of `buffer`. Slices let a
/// concatenation be written in place by its parts; a pending activation lets a batch norm and its ReLU be
/// applied by whoever reads, so that only the convolution's own result is ever stored.
public struct Pixels {
  /// The memory, from the first channel of the first pixel on.
  public let buffer: Buffer
  /// Images in the batch.
  public let images: Int
  /// Rows of an image.
  public let height: Int
  /// Pixels of a row.
  public let width: Int
  /// Channels of a pixel.
  public let channels: Int
  /// Floats from a pixel to the next: `channels`, or more where this is a slice.
  public let stride: Int
  /// What a reader applies to every value, if anything; never set where a kernel writes.
  public let pending: PendingActivation?

  /// Describes feature maps in memory.
  public init(
    _ buffer: Buffer, images: Int, height: Int, width: Int, channels: Int, stride: Int? = nil,
    pending: PendingActivation? = nil
  ) {
    let stride = stride ?? channels
    precondition(stride >= channels, "\(channels) channels in a stride of \(stride)")
    let pixels = images * height * width
    buffer.require(atLeast: pixels == 0 ? 0 : (pixels - 1) * stride + channels, "pixels")
    pending?.require(channels)
    self.buffer = buffer
    self.images = images
    self.height = height
    self.width = width
    self.channels = channels
    self.stride = stride
    self.pending = pending
  }

  /// The same memory as a reader sees it who is to apply an activation.
  public func waiting(for activation: PendingActivation) -> Pixels {
    Pixels(
      buffer, images: images, height: height, width: width, channels: channels, stride: stride,
      pending: activation)
  }

  /// Pixels of all images.
  public var count: Int { images * height * width }
  /// Whether nothing lies between the pixels.
  var isDense: Bool { stride == channels }

  var base: UnsafeMutablePointer<Float> { unsafe buffer.base }
}

/// What makes the values meant of those stored: `y = max(x * scale + shift, floor)` channel by channel.
///
/// A batch norm is its scale and shift, a ReLU the floor 0, no ReLU the floor minus infinity. A NaN stays
/// one: kernels write `v < floor ? floor : v`.
public struct PendingActivation {
  /// A factor a channel.
  public let scale: Buffer
  /// What is added to it, a channel.
  public let shift: Buffer
  /// The least value, a channel.
  public let floor: Buffer

  /// Wraps the three.
  public init(scale: Buffer, shift: Buffer, floor: Buffer) {
    self.scale = scale
    self.shift = shift
    self.floor = floor
  }

  func require(_ channels: Int) {
    scale.require(channels, "scale")
    shift.require(channels, "shift")
    floor.require(channels, "floor")
  }

  fileprivate var ck: ck_activation {
    unsafe ck_activation(scale: scale.base, shift: shift.base, floor: floor.base)
  }
}

/// What the passes over pixels share: how they are cut into tasks and how C sees their operands.
extension Pixels {
  /// Runs `body` for pieces of the pixels of some 128 kB each.
  func runPieces(_ pool: ThreadPool, _ body: (Range<Int>) -> Void) {
    pool.runPieces(of: count, grain: pixelGrain(channels: channels)) { _, range, _ in body(range) }
  }

  /// The same for C; the pointers live as long as the buffers.
  var ck: ck_pixels {
    unsafe ck_pixels(
      base: base, stride: stride, height: height, width: width, channels: channels,
      pending: pending?.ck ?? ck_activation())
  }

  /// The first channel of a pixel.
  func at(_ pixel: Int) -> UnsafeMutablePointer<Float> { unsafe base + pixel * stride }

  /// Whether a pass that overwrites these pixels had better write past the caches: where they are
  /// more than any cache holds, and where whole lines are written.
  var streams: Int32 {
    let isAligned = unsafe UInt(bitPattern: base) % 64 == 0
    let isWhole = stride.isMultiple(of: 16) && channels.isMultiple(of: 16)
    return isAligned && isWhole && count * channels >= 1 << 23 ? 1 : 0
  }

  func requireShape(of other: Pixels, _ what: StaticString) {
    precondition(
      count == other.count && channels == other.channels,
      "\(what): \(count) pixels of \(channels), expected \(other.count) of \(other.channels)")
  }

  func requireNothingPending(_ what: StaticString) {
    precondition(pending == nil, "\(what) cannot have an activation pending")
  }
}

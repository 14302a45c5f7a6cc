internal import CKernels

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

extension PendingActivation {
  fileprivate var ck: ck_activation {
    unsafe ck_activation(scale: scale.base, shift: shift.base, floor: floor.base)
  }
}

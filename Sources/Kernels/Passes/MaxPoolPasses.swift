internal import CKernels

/// The square windows of a max pool.
public struct PoolWindow: Sendable {
  /// Side of the window, at most 15 so that a place in it fits a byte.
  public let kernel: Int
  /// Pixels from window to window.
  public let stride: Int
  /// Rows and columns around the input that never win, at most half the window.
  public let padding: Int

  /// Describes windows.
  public init(kernel: Int, stride: Int, padding: Int) {
    precondition(kernel >= 1 && kernel <= 15 && stride >= 1, "kernel \(kernel), stride \(stride)")
    precondition(padding >= 0 && padding * 2 <= kernel, "padding \(padding), kernel \(kernel)")
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
  }

  /// Rows and columns of the output; the window must fit the padded input.
  public func output(height: Int, width: Int) -> (rows: Int, columns: Int) {
    precondition(
      height + 2 * padding >= kernel && width + 2 * padding >= kernel,
      "a window of \(kernel) on \(height) x \(width) pixels")
    return (
      (height + 2 * padding - kernel) / stride + 1, (width + 2 * padding - kernel) / stride + 1
    )
  }

  /// Floats that hold the choices of an output of so many values, a byte each.
  public static func choiceCount(outputs: Int) -> Int { (outputs + 3) / 4 }

  fileprivate func ck(_ x: Pixels, _ y: Pixels) -> ck_pool {
    ck_pool(
      height: x.height, width: x.width, rows: y.height, columns: y.width, channels: x.channels,
      kernel: kernel, stride: stride, padding: padding)
  }

  fileprivate func require(input x: Pixels, output y: Pixels, choices: Buffer) {
    precondition(
      output(height: x.height, width: x.width) == (y.height, y.width) && x.images == y.images
        && x.channels == y.channels,
      "\(x.images) x \(x.height) x \(x.width) pixels of \(x.channels) to \(y.images) x \(y.height) x "
        + "\(y.width) of \(y.channels) by \(self)")
    choices.require(Self.choiceCount(outputs: y.count * y.channels), "choices")
  }
}

/// The largest value of each window, and in `choices` the place where it stood; the first wins a
/// tie and a NaN wins over everything.
///
/// `choices` are `PoolWindow.choiceCount` floats, a byte a value whatever the stride of `y`.
public func maxPoolForward(
  _ x: Pixels, _ window: PoolWindow, into y: Pixels, choices: Buffer, pool: ThreadPool
) {
  window.require(input: x, output: y, choices: choices)
  y.requireNothingPending("y")
  let grain = max(1, pixelGrain(channels: y.channels) / max(1, y.width * 4))
  pool.runPieces(of: y.images * y.height, grain: grain) { _, range, _ in
    for task in range {
      let (image, line) = task.quotientAndRemainder(dividingBy: y.height)
      unsafe kernels.max_pool_row_forward(window.ck(x, y), x.ck, y.ck, image, line, choices.bytes)
    }
  }
}

/// Every input gathers `dy` from the windows that chose it: `dx`, or `dx +=` with `adds`.
///
/// `dx` is the gradient of the values that were compared, so of the activated ones.
public func maxPoolBackward(
  dy: Pixels, choices: Buffer, _ window: PoolWindow, into dx: Pixels, adds: Bool, pool: ThreadPool
) {
  window.require(input: dx, output: dy, choices: choices)
  dy.requireNothingPending("dy")
  dx.requireNothingPending("dx")
  // An even number of rows: the two above each other read the same windows.
  let grain = 2 * max(1, pixelGrain(channels: dx.channels) / max(1, dx.width * 2))
  let streams = dx.streams
  pool.runPieces(of: dx.images * dx.height, grain: grain) { _, range, _ in
    for task in range {
      let (image, line) = task.quotientAndRemainder(dividingBy: dx.height)
      unsafe kernels.max_pool_row_backward(
        window.ck(dx, dy), dy.ck, choices.bytes, dx.ck, image, line, adds ? 1 : 0, streams)
    }
  }
}

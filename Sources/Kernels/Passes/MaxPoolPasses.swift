internal import CKernels

/// The largest value of each window, and in `choices` the place where it stood; the first wins a
/// tie and a NaN wins over everything.
///
/// `choices` are `sizes.choiceCount` floats, a byte a value whatever the stride of `y`.
public func maxPoolForward(
  _ x: Pixels, sizes: MaxPoolGeometry, into y: Pixels, choices: Buffer, pool: ThreadPool
) {
  sizes.require(input: x, output: y)
  y.requireNothingPending("y")
  choices.require(sizes.choiceCount, "choices")
  let grain = max(1, pixelGrain(channels: sizes.channels) / max(1, sizes.columns * 4))
  pool.runPieces(of: sizes.images * sizes.rows, grain: grain) { _, range, _ in
    for task in range {
      let (image, line) = task.quotientAndRemainder(dividingBy: sizes.rows)
      unsafe kernels.max_pool_row_forward(sizes.ck, x.ck, y.ck, image, line, choices.bytes)
    }
  }
}

/// Every input gathers `dy` from the windows that chose it: `dx`, or `dx +=` with `adds`.
///
/// `dx` is the gradient of the values that were compared, so of the activated ones.
public func maxPoolBackward(
  dy: Pixels, choices: Buffer, sizes: MaxPoolGeometry, into dx: Pixels, adds: Bool,
  pool: ThreadPool
) {
  sizes.require(input: dx, output: dy)
  dy.requireNothingPending("dy")
  dx.requireNothingPending("dx")
  choices.require(sizes.choiceCount, "choices")
  // An even number of rows: the two above each other read the same windows.
  let grain = 2 * max(1, pixelGrain(channels: sizes.channels) / max(1, sizes.width * 2))
  let streams = dx.streams
  pool.runPieces(of: sizes.images * sizes.height, grain: grain) { _, range, _ in
    for task in range {
      let (image, line) = task.quotientAndRemainder(dividingBy: sizes.height)
      unsafe kernels.max_pool_row_backward(
        sizes.ck, dy.ck, choices.bytes, dx.ck, image, line, adds ? 1 : 0, streams)
    }
  }
}

extension MaxPoolGeometry {
  fileprivate var ck: ck_pool {
    ck_pool(
      height: height, width: width, rows: rows, columns: columns, channels: channels,
      kernel: kernel, stride: stride, padding: padding)
  }

  fileprivate func require(input: Pixels, output: Pixels) {
    precondition(
      input.count == images * height * width && input.channels == channels,
      "\(input.count) pixels of \(input.channels) for \(images) x \(height) x \(width)")
    precondition(
      output.count == images * rows * columns && output.channels == channels,
      "\(output.count) pixels of \(output.channels) for \(images) x \(rows) x \(columns)")
  }
}

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
  let row = sizes.columns * sizes.channels
  let picture = sizes.height * sizes.width
  let grain = max(1, pixelGrain(channels: sizes.channels) / max(1, sizes.columns * 4))
  let ck = sizes.ck
  pool.runPieces(of: sizes.images * sizes.rows, grain: grain) { _, range, _ in
    for task in range {
      let (image, line) = task.quotientAndRemainder(dividingBy: sizes.rows)
      unsafe withUnsafePointer(to: ck) {
        unsafe ck_pass_pool(
          $0, x.at(image * picture), x.stride, x.ckPending, line, y.at(task * sizes.columns),
          y.stride, choices.bytes + task * row)
      }
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
  let picture = sizes.rows * sizes.columns
  // An even number of rows: the two above each other read the same windows.
  let grain = 2 * max(1, pixelGrain(channels: sizes.channels) / max(1, sizes.width * 2))
  let (ck, streams) = (sizes.ck, dx.streams)
  pool.runPieces(of: sizes.images * sizes.height, grain: grain) { _, range, _ in
    for task in range {
      let (image, line) = task.quotientAndRemainder(dividingBy: sizes.height)
      unsafe withUnsafePointer(to: ck) {
        unsafe ck_pass_pool_back(
          $0, dy.at(image * picture), dy.stride, choices.bytes + image * picture * sizes.channels,
          line, dx.at(task * sizes.width), dx.stride, adds ? 1 : 0, streams)
      }
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

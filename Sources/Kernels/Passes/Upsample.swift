internal import CKernels

/// Repeats every pixel of `[images, height, width, channels]` in a `factor` x `factor` block.
public func upsampleForward(
  _ x: Buffer, images: Int, height: Int, width: Int, channels: Int, factor: Int, into y: Buffer,
  pool: ThreadPool
) {
  x.require(images * height * width * channels, "x")
  y.require(x.count * factor * factor, "y")
  let row = width * channels
  pool.run(images * height) { task, _ in
    for k in 0..<factor {
      unsafe kernels.upsample_row_forward(
        x.base + task * row, y.base + (task * factor + k) * row * factor, width, channels, factor)
    }
  }
}

/// Sums every `factor` x `factor` block of `dy` into its pixel of `dx`; sizes are those of `dx`.
public func upsampleBackward(
  _ dy: Buffer, images: Int, height: Int, width: Int, channels: Int, factor: Int, into dx: Buffer,
  adds: Bool, pool: ThreadPool
) {
  dx.require(images * height * width * channels, "dx")
  dy.require(dx.count * factor * factor, "dy")
  let row = width * channels
  pool.run(images * height) { task, _ in
    unsafe kernels.upsample_row_backward(
      dy.base + task * row * factor * factor, dx.base + task * row, width, channels, factor,
      adds ? 1 : 0)
  }
}

internal import CKernels

/// Repeats every pixel in a block of 2 x 2.
public func upsampleForward(_ x: Pixels, into y: Pixels, pool: ThreadPool) {
  requireDoubled(x, y)
  let row = x.width * x.channels
  pool.run(x.images * x.height) { task, _ in
    for k in 0..<2 {
      unsafe kernels.upsample_row_forward(
        x.base + task * row, y.base + (task * 2 + k) * row * 2, x.width, x.channels)
    }
  }
}

/// Sums every block of 2 x 2 of `dy` into its pixel of `dx`.
public func upsampleBackward(_ dy: Pixels, into dx: Pixels, adds: Bool, pool: ThreadPool) {
  requireDoubled(dx, dy)
  let row = dx.width * dx.channels
  pool.run(dx.images * dx.height) { task, _ in
    unsafe kernels.upsample_row_backward(
      dy.base + task * row * 4, dx.base + task * row, dx.width, dx.channels, adds ? 1 : 0)
  }
}

private func requireDoubled(_ small: Pixels, _ large: Pixels) {
  requireSameMaps(small, large)
  small.requireNothingPending("the small side")
  large.requireNothingPending("the doubled side")
  precondition(
    small.isDense && large.isDense && large.height == 2 * small.height
      && large.width == 2 * small.width,
    "\(large.height) x \(large.width) pixels are no doubled \(small.height) x \(small.width)")
}

/// Where one row or column of a bilinear feature map comes from: between two of the source's.
struct BilinearTap {
  let low: Int
  let high: Int
  /// What of the value is the high one's.
  let share: Float

  /// The place `index` of `count`, stretched over `source` places by their centres as PyTorch does
  /// without aligned corners: outside the first and the last centre lie their values.
  init(_ index: Int, of count: Int, from source: Int) {
    let place = max(0, (Double(index) + 0.5) * Double(source) / Double(count) - 0.5)
    low = min(Int(place), source - 1)
    high = min(low + 1, source - 1)
    share = Float(place - Double(low))
  }
}

/// Feature maps at another size, every pixel blended of the four whose centres lie around it.
public func resizeForward(_ x: Pixels, into y: Pixels, pool: ThreadPool) {
  requireSameMaps(x, y)
  x.requireNothingPending("x")
  y.requireNothingPending("y")
  pool.run(y.images * y.height) { task, _ in
    let (image, row) = task.quotientAndRemainder(dividingBy: y.height)
    let down = BilinearTap(row, of: y.height, from: x.height)
    let low = (image * x.height + down.low) * x.width
    let high = (image * x.height + down.high) * x.width
    for column in 0..<y.width {
      let right = BilinearTap(column, of: y.width, from: x.width)
      let (a, b) = unsafe (x.at(low + right.low), x.at(low + right.high))
      let (c, d) = unsafe (x.at(high + right.low), x.at(high + right.high))
      let target = unsafe y.at(task * y.width + column)
      for channel in 0..<y.channels {
        let above = unsafe (1 - right.share) * a[channel] + right.share * b[channel]
        let below = unsafe (1 - right.share) * c[channel] + right.share * d[channel]
        unsafe target[channel] = (1 - down.share) * above + down.share * below
      }
    }
  }
}

/// Every pixel of `dy` gives its shares to the four that it was blended of: `dx`, or `dx +=` with `adds`.
///
/// An image is one task, since its pixels share those that they came from.
public func resizeBackward(_ dy: Pixels, into dx: Pixels, adds: Bool, pool: ThreadPool) {
  requireSameMaps(dx, dy)
  dy.requireNothingPending("dy")
  dx.requireNothingPending("dx")
  let plane = dx.height * dx.width
  pool.run(dy.images) { image, _ in
    for pixel in adds ? 0..<0 : image * plane..<(image + 1) * plane {
      unsafe dx.at(pixel).update(repeating: 0, count: dx.channels)
    }
    for row in 0..<dy.height {
      let down = BilinearTap(row, of: dy.height, from: dx.height)
      for column in 0..<dy.width {
        let right = BilinearTap(column, of: dy.width, from: dx.width)
        let source = unsafe dy.at((image * dy.height + row) * dy.width + column)
        let low = image * plane + down.low * dx.width
        let high = image * plane + down.high * dx.width
        let (a, b) = unsafe (dx.at(low + right.low), dx.at(low + right.high))
        let (c, d) = unsafe (dx.at(high + right.low), dx.at(high + right.high))
        for channel in 0..<dx.channels {
          let above = unsafe (1 - down.share) * source[channel]
          let below = unsafe down.share * source[channel]
          unsafe a[channel] += (1 - right.share) * above
          unsafe b[channel] += right.share * above
          unsafe c[channel] += (1 - right.share) * below
          unsafe d[channel] += right.share * below
        }
      }
    }
  }
}

private func requireSameMaps(_ source: Pixels, _ resized: Pixels) {
  precondition(
    source.images == resized.images && source.channels == resized.channels
      && min(source.height, source.width) > 0,
    "\(source.images) feature maps of \(source.channels) channels and \(resized.images) of "
      + "\(resized.channels), \(source.height) x \(source.width) pixels")
}

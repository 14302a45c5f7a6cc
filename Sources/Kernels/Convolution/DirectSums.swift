/// Partial sums of the moments of every channel, kept by part so that they are added in one order.
@safe
struct DirectSums {
  /// The first of `2 * parts * channels` doubles; 0 parts are no sums at all.
  let base: UnsafeMutablePointer<Double>
  let parts: Int
  let channels: Int

  /// Where a part sums from a channel on.
  func place(
    part: Int, channel: Int
  ) -> (sums: UnsafeMutablePointer<Double>, squares: UnsafeMutablePointer<Double>) {
    let sums = unsafe base + (parts == 0 ? 0 : 2 * part * channels) + channel
    return unsafe (sums, sums + channels)
  }

  /// Sets some channels of a part to zero.
  func clear(part: Int, columns: Range<Int>) {
    guard parts > 0 else { return }
    let place = unsafe place(part: part, channel: columns.lowerBound)
    unsafe place.sums.update(repeating: 0, count: columns.count)
    unsafe place.squares.update(repeating: 0, count: columns.count)
  }

  /// Adds the parts and writes mean and variance.
  func finish(pixels: Int, into target: ChannelMomentsTarget) {
    for channel in 0..<channels {
      var (sum, square) = (0.0, 0.0)
      for part in 0..<parts {
        let place = unsafe place(part: part, channel: channel)
        unsafe sum += place.sums.pointee
        unsafe square += place.squares.pointee
      }
      target.finish(channel, sum: sum, squares: square, pixels: max(1, pixels))
    }
  }
}

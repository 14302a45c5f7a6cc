internal import CKernels

/// Pixels in a piece, so that a piece is near the elementwise grain.
func pixelGrain(channels: Int) -> Int { max(1, elementwiseGrain / max(1, channels)) }

/// `y[p][c] = gate[p] * x[p][c]`: one factor a pixel for all its channels.
public func gateForward(
  _ gate: Buffer, _ x: Buffer, channels: Int, into y: Buffer, adds: Bool = false, pool: ThreadPool
) {
  x.require(gate.count * channels, "x")
  y.require(gate.count * channels, "y")
  pool.runPieces(of: gate.count, grain: pixelGrain(channels: channels)) { _, range, _ in
    let start = range.lowerBound
    unsafe ck_gate(
      gate.base + start, x.base + start * channels, y.base + start * channels, range.count,
      channels, adds ? 1 : 0)
  }
}

/// `dgate[p]` is the sum over the channels of `x[p][c] * dy[p][c]`; `dx` is `gateForward` of `dy`.
public func gateBackward(
  _ dy: Buffer, _ x: Buffer, channels: Int, into dgate: Buffer, adds: Bool, pool: ThreadPool
) {
  x.require(dgate.count * channels, "x")
  dy.require(dgate.count * channels, "dy")
  pool.runPieces(of: dgate.count, grain: pixelGrain(channels: channels)) { _, range, _ in
    let start = range.lowerBound
    unsafe ck_gate_dot(
      x.base + start * channels, dy.base + start * channels, dgate.base + start, range.count,
      channels, adds ? 1 : 0)
  }
}

/// Copies `channels` channels of every pixel from one buffer's slice to another's.
///
/// Each side is a buffer, the channels of its pixels and the first channel of the slice.
public func copyChannels(
  from x: Buffer, of xChannels: Int, at xFirst: Int,
  to y: Buffer, of yChannels: Int, at yFirst: Int,
  channels: Int, adds: Bool = false, pool: ThreadPool
) {
  precondition(
    xFirst >= 0 && xFirst + channels <= xChannels && yFirst >= 0
      && yFirst + channels <= yChannels, "a slice of \(channels) channels outside its pixels")
  let pixels = x.count / xChannels
  x.require(pixels * xChannels, "x")
  y.require(pixels * yChannels, "y")
  pool.runPieces(of: pixels, grain: pixelGrain(channels: channels)) { _, range, _ in
    let start = range.lowerBound
    unsafe ck_copy_channels(
      x.base + start * xChannels + xFirst, xChannels, y.base + start * yChannels + yFirst,
      yChannels, range.count, channels, adds ? 1 : 0)
  }
}

internal import CKernels

/// Floats in a piece of an elementwise pass: 128 kB, so that a piece of each operand fits in L2.
let elementwiseGrain = 1 << 15

/// Pixels in a piece, so that a piece is near the elementwise grain.
func pixelGrain(channels: Int) -> Int { max(1, elementwiseGrain / max(1, channels)) }

/// `y = x`, or `y += x` with `adds`.
public func copyKernel(_ x: Buffer, into y: Buffer, adds: Bool = false, pool: ThreadPool) {
  x.require(y.count, "x")
  pool.runPieces(of: y.count, grain: elementwiseGrain) { _, range, _ in
    unsafe kernels.copy(
      x.base + range.lowerBound, y.base + range.lowerBound, range.count, adds ? 1 : 0)
  }
}

/// `y = factor * x`, or `y += factor * x` with `adds`.
public func scaleKernel(
  _ x: Buffer, by factor: Float, into y: Buffer, adds: Bool = false, pool: ThreadPool
) {
  x.require(y.count, "x")
  pool.runPieces(of: y.count, grain: elementwiseGrain) { _, range, _ in
    let start = range.lowerBound
    unsafe kernels.scale(x.base + start, y.base + start, range.count, factor, adds ? 1 : 0)
  }
}

/// `y += share * (x - y)`: a step of a running mean.
public func approachKernel(_ y: Buffer, towards x: Buffer, by share: Float, pool: ThreadPool) {
  x.require(y.count, "x")
  pool.runPieces(of: y.count, grain: elementwiseGrain) { _, range, _ in
    let start = range.lowerBound
    unsafe kernels.approach(x.base + start, y.base + start, range.count, share)
  }
}

/// `y = a + b`.
public func addKernel(_ a: Buffer, _ b: Buffer, into y: Buffer, pool: ThreadPool) {
  a.require(y.count, "a")
  b.require(y.count, "b")
  pool.runPieces(of: y.count, grain: elementwiseGrain) { _, range, _ in
    let start = range.lowerBound
    unsafe kernels.add(a.base + start, b.base + start, y.base + start, range.count)
  }
}

/// `y = a * b`, element by element, or `y += a * b` with `adds`.
public func multiplyKernel(
  _ a: Buffer, _ b: Buffer, into y: Buffer, adds: Bool = false, pool: ThreadPool
) {
  a.require(y.count, "a")
  b.require(y.count, "b")
  pool.runPieces(of: y.count, grain: elementwiseGrain) { _, range, _ in
    let start = range.lowerBound
    unsafe kernels.multiply(
      a.base + start, b.base + start, y.base + start, range.count, adds ? 1 : 0)
  }
}

/// `y = max(x, 0)`; a NaN stays one.
public func reluForward(_ x: Buffer, into y: Buffer, pool: ThreadPool) {
  x.require(y.count, "x")
  pool.runPieces(of: y.count, grain: elementwiseGrain) { _, range, _ in
    unsafe kernels.relu_forward(x.base + range.lowerBound, y.base + range.lowerBound, range.count)
  }
}

/// `dx = dy` where `y > 0`, else 0.
public func reluBackward(
  _ dy: Buffer, output y: Buffer, into dx: Buffer, adds: Bool, pool: ThreadPool
) {
  dy.require(y.count, "dy")
  dx.require(y.count, "dx")
  pool.runPieces(of: y.count, grain: elementwiseGrain) { _, range, _ in
    let start = range.lowerBound
    unsafe kernels.relu_backward(
      y.base + start, dy.base + start, dx.base + start, range.count, adds ? 1 : 0)
  }
}

/// `y = 1 / (1 + exp(-x))`.
public func sigmoidForward(_ x: Buffer, into y: Buffer, pool: ThreadPool) {
  x.require(y.count, "x")
  pool.runPieces(of: y.count, grain: elementwiseGrain / 4) { _, range, _ in
    unsafe kernels.sigmoid_forward(
      x.base + range.lowerBound, y.base + range.lowerBound, range.count)
  }
}

/// `dx = dy * y * (1 - y)`.
public func sigmoidBackward(
  _ dy: Buffer, output y: Buffer, into dx: Buffer, adds: Bool, pool: ThreadPool
) {
  dy.require(y.count, "dy")
  dx.require(y.count, "dx")
  pool.runPieces(of: y.count, grain: elementwiseGrain) { _, range, _ in
    let start = range.lowerBound
    unsafe kernels.sigmoid_backward(
      y.base + start, dy.base + start, dx.base + start, range.count, adds ? 1 : 0)
  }
}

/// Whether every value is a finite number.
public func isFinite(_ x: Buffer) -> Bool {
  unsafe kernels.is_finite(x.base, x.count) != 0
}

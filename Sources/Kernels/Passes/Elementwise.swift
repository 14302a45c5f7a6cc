internal import CKernels
import Foundation

/// Floats in a piece of an elementwise pass: 128 kB, so that a piece of each operand fits in L2.
private let elementwiseGrain = 1 << 15

/// Pixels in a piece, so that a piece is near the elementwise grain.
func pixelGrain(channels: Int) -> Int { max(1, elementwiseGrain / max(1, channels)) }

extension ThreadPool {
  /// Runs `body(start, count)` for pieces of `0..<count`, each of `grain` floats.
  func runFloats(
    _ count: Int, grain: Int = elementwiseGrain, _ body: (_ start: Int, _ count: Int) -> Void
  ) {
    runPieces(of: count, grain: grain) { _, range, _ in body(range.lowerBound, range.count) }
  }
}

/// `y = factor * x`, or `y += factor * x` with `adds`.
public func scaleKernel(
  _ x: Buffer, by factor: Float, into y: Buffer, adds: Bool = false, pool: ThreadPool
) {
  x.require(y.count, "x")
  pool.runFloats(y.count) { start, count in
    unsafe kernels.scale(x.base + start, y.base + start, count, factor, adds ? 1 : 0)
  }
}

/// `y = a * t + b`, or `y += a * t + b` with `adds`.
public func affineKernel(
  _ t: Buffer, _ a: Float, _ b: Float, into y: Buffer, adds: Bool, pool: ThreadPool
) {
  t.require(y.count, "t")
  pool.runFloats(t.count) { start, count in
    unsafe kernels.affine(t.base + start, y.base + start, count, a, b, adds ? 1 : 0)
  }
}

/// `y += share * (x - y)`: a step of a running mean.
public func approachKernel(_ y: Buffer, towards x: Buffer, by share: Float, pool: ThreadPool) {
  x.require(y.count, "x")
  pool.runFloats(y.count) { start, count in
    unsafe kernels.approach(x.base + start, y.base + start, count, share)
  }
}

/// `y = a * b`, element by element, or `y += a * b` with `adds`.
public func multiplyKernel(
  _ a: Buffer, _ b: Buffer, into y: Buffer, adds: Bool = false, pool: ThreadPool
) {
  a.require(y.count, "a")
  b.require(y.count, "b")
  pool.runFloats(y.count) { start, count in
    unsafe kernels.multiply(a.base + start, b.base + start, y.base + start, count, adds ? 1 : 0)
  }
}

/// `y = max(x, 0)`; a NaN stays one.
public func reluForward(_ x: Buffer, into y: Buffer, pool: ThreadPool) {
  x.require(y.count, "x")
  pool.runFloats(y.count) { start, count in
    unsafe kernels.relu_forward(x.base + start, y.base + start, count)
  }
}

/// `dx = dy` where `y > 0`, else 0.
public func reluBackward(
  _ dy: Buffer, output y: Buffer, into dx: Buffer, adds: Bool, pool: ThreadPool
) {
  dy.require(y.count, "dy")
  dx.require(y.count, "dx")
  pool.runFloats(y.count) { start, count in
    unsafe kernels.relu_backward(
      y.base + start, dy.base + start, dx.base + start, count, adds ? 1 : 0)
  }
}

/// `y = 1 / (1 + exp(-x))`.
public func sigmoidForward(_ x: Buffer, into y: Buffer, pool: ThreadPool) {
  x.require(y.count, "x")
  pool.runFloats(y.count, grain: elementwiseGrain / 4) { start, count in
    unsafe kernels.sigmoid_forward(x.base + start, y.base + start, count)
  }
}

/// `dx = dy * y * (1 - y)`.
public func sigmoidBackward(
  _ dy: Buffer, output y: Buffer, into dx: Buffer, adds: Bool, pool: ThreadPool
) {
  dy.require(y.count, "dy")
  dx.require(y.count, "dx")
  pool.runFloats(y.count) { start, count in
    unsafe kernels.sigmoid_backward(
      y.base + start, dy.base + start, dx.base + start, count, adds ? 1 : 0)
  }
}

/// Whether every value is a finite number.
public func isFinite(_ x: Buffer) -> Bool { unsafe kernels.is_finite(x.base, x.count) != 0 }

/// One step of Adam (Kingma & Ba 2015) on one parameter, with PyTorch's order of operations.
///
/// `m += (1 - beta1) (g - m)`, `v = beta2 v + (1 - beta2) g^2`,
/// `w -= rate / (1 - beta1^step) * m / (sqrt(v) / sqrt(1 - beta2^step) + epsilon)`.
public func adamKernel(
  _ w: Buffer, gradient g: Buffer, first m: Buffer, second v: Buffer, step: Int,
  learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, pool: ThreadPool
) {
  for each in [g, m, v] { each.require(w.count, "gradient or moment") }
  precondition(step >= 1, "Adam's first step is 1, not \(step)")
  let size = Float(learningRate / (1 - pow(beta1, Double(step))))
  let root = Float((1 - pow(beta2, Double(step))).squareRoot())
  pool.runFloats(w.count) { start, count in
    unsafe kernels.adam_step(
      w.base + start, g.base + start, m.base + start, v.base + start, count, Float(1 - beta1),
      Float(beta2), Float(1 - beta2), size, root, Float(epsilon))
  }
}

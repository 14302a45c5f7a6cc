internal import CKernels
import Foundation

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
  pool.runPieces(of: w.count, grain: elementwiseGrain) { _, range, _ in
    let start = range.lowerBound
    unsafe kernels.adam_step(
      w.base + start, g.base + start, m.base + start, v.base + start, range.count,
      Float(1 - beta1), Float(beta2), Float(1 - beta2), size, root, Float(epsilon))
  }
}

import Foundation
import Kernels
import TestSupport
import Testing

@Suite struct PassTests {
  @Test func `probabilities are those of the library to a few roundings`() {
    let logits = (-900...900).map { Float($0) / 9 } + [-.infinity, .infinity]
    let y = Buffer(count: logits.count)
    sigmoidForward(Buffer(logits), into: y, pool: ThreadPool(threads: 1))
    for (index, logit) in logits.enumerated() {
      let expected = 1 / (1 + exp(-Double(logit)))
      #expect(abs(Double(y[index]) - expected) <= 4 * Double(Float.ulpOfOne) * expected + 1e-37)
    }
  }

  @Test(arguments: [1, 15, 16, 70_000]) func `cross entropy sums what the library gives`(count: Int)
  {
    var rng = SplitMix(seed: count)
    let z = rng.floats(count).map { 20 * $0 }
    let t = rng.floats(count).map { $0 > 0 ? Float(1) : 0 }
    let expected = zip(z, t).reduce(0.0) { sum, pair in
      let (z, t) = (Double(pair.0), Double(pair.1))
      return sum + max(z, 0) - z * t + log1p(exp(-abs(z)))
    }
    let found = [1, 2, 3].map {
      crossEntropyForward(
        logits: Buffer(z), target: Buffer(t), scratch: Buffer(count: lossScratch),
        pool: ThreadPool(threads: $0))
    }
    #expect(abs(found[0] - expected) <= 4 * Double(Float.ulpOfOne) * (expected + 1))
    #expect(found[0] == found[1] && found[0] == found[2], "the same bits for any number of threads")
  }

  @Test(arguments: [1, 15, 16, 17, 33]) func `finite numbers are told from the rest`(count: Int) {
    let x = Buffer(count: count)
    x.fill(.greatestFiniteMagnitude)
    #expect(isFinite(x))
    for bad in [Float.infinity, -.infinity, .nan] {
      x[count - 1] = bad
      #expect(!isFinite(x))
    }
  }
}

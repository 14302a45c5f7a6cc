import Kernels
import Testing

@Suite struct PassTests {
  @Test(arguments: [1, 3, 16, 65], [1, 7, 8, 17, 5000])
  func `moments about a large mean keep their digits`(channels: Int, pixels: Int) {
    var rng = SplitMix(seed: channels * pixels)
    let x = rng.floats(pixels * channels).map { 1000 + $0 }
    let found = channelMoments(Buffer(x), channels: channels, pool: ThreadPool(threads: 2))
    for c in 0..<channels {
      let column = (0..<pixels).map { Double(x[$0 * channels + c]) }
      let mean = column.reduce(0, +) / Double(pixels)
      let variance = column.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(pixels)
      #expect(abs(Double(found.mean[c]) - mean) < 1e-4)
      #expect(abs(Double(found.batchVariance[c]) - variance) <= 1e-5 * max(variance, 1e-3))
    }
  }

  @Test func `sums have the same bits for any number of threads`() {
    var rng = SplitMix(seed: 1)
    let x = Buffer(rng.floats(70_000 * 3))
    let dy = Buffer(rng.floats(70_000 * 3))
    let mean = Buffer([0.1, 0.2, 0.3])
    let results = [1, 2, 3].map { threads in
      let pool = ThreadPool(threads: threads)
      let moments = channelMoments(x, channels: 3, pool: pool)
      let sums = normalizeBackwardSums(dy, x, mean: mean, pool: pool)
      return [moments.mean.map(Double.init), moments.batchVariance.map(Double.init), sums.dy]
        + [sums.products, [crossEntropySum(logits: x, target: dy, pool: pool)]]
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test func `the first of equal values wins a max pool and a NaN wins over all`() {
    let sizes = MaxPoolGeometry(
      images: 1, height: 2, width: 4, channels: 1, kernel: 2, stride: 2, padding: 0)
    let y = Buffer(count: 2)
    let choices = Buffer(count: sizes.choiceCount)
    let pool = ThreadPool(threads: 1)
    maxPoolForward(
      Buffer([3, 3, 1, .nan, 3, 3, 5, 2]), sizes, into: y, choices: choices, pool: pool)
    #expect(y[0] == 3)
    #expect(y[1].isNaN)
    let dx = Buffer(count: 8)
    maxPoolBackward(Buffer([1, 2]), choices: choices, sizes, into: dx, adds: false, pool: pool)
    #expect(dx.values == [1, 0, 0, 2, 0, 0, 0, 0])
  }

  @Test func `overlapping windows add up in the pixel that they share`() {
    let sizes = MaxPoolGeometry(
      images: 1, height: 3, width: 3, channels: 1, kernel: 3, stride: 2, padding: 1)
    let y = Buffer(count: 4)
    let choices = Buffer(count: sizes.choiceCount)
    let pool = ThreadPool(threads: 2)
    maxPoolForward(
      Buffer([-9, -8, -7, -6, -1, -5, -4, -3, -2]), sizes, into: y, choices: choices, pool: pool)
    #expect(y.values == [-1, -1, -1, -1])
    let dx = Buffer([1, 1, 1, 1, 1, 1, 1, 1, 1])
    maxPoolBackward(
      Buffer([1, 2, 3, 4]), choices: choices, sizes, into: dx, adds: true, pool: pool)
    #expect(dx.values == [1, 1, 1, 1, 11, 1, 1, 1, 1])
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

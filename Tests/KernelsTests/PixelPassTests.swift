import Kernels
import TestSupport
import Testing

@Suite struct PixelPassTests {
  private let pool = ThreadPool(threads: 2)
  static let channelCounts = [1, 3, 16, 65, 80]
  static let pixelCounts = [1, 2, 7, 8, 17, 1001]

  @Test(arguments: channelCounts, Sliced.Kind.all)
  func `activation fills a slice, or adds to it`(channels: Int, kind: Sliced.Kind) {
    for count in Self.pixelCounts {
      var rng = SplitMix(seed: channels + count)
      let x = Sliced(width: count, channels: channels, kind, &rng)
      let y = Sliced(width: count, channels: channels, .init(before: 16, after: 1), &rng)
      activationForward(x.pixels, into: y.pixels, pool: pool)
      #expect(agree(y.now, x.meant))
      activationForward(x.pixels, into: y.pixels, adds: true, pool: pool)
      #expect(agree(y.now, x.meant.map { 2 * $0 }))
      #expect(y.isUntouchedOutside)
    }
  }

  @Test(arguments: [1, 3, 16, 65], [true, false])
  func `two values are activated and added`(channels: Int, hasReLU: Bool) {
    for first in Sliced.Kind.all {
      for second in Sliced.Kind.all {
        var rng = SplitMix(seed: channels)
        let a = Sliced(width: 33, channels: channels, first, &rng)
        let b = Sliced(width: 33, channels: channels, second, &rng)
        let y = Sliced(width: 33, channels: channels, .init(before: 1, after: 16), &rng)
        additionForward(a.pixels, b.pixels, hasReLU: hasReLU, into: y.pixels, pool: pool)
        let sums = zip(a.meant, b.meant).map { hasReLU ? max(0, $0 + $1) : $0 + $1 }
        #expect(agree(y.now, sums))
        #expect(y.isUntouchedOutside)
      }
    }
  }

  @Test func `a NaN passes through activation and addition`() {
    var rng = SplitMix(seed: 3)
    for channels in [1, 16] {
      let x = Pixels(
        Buffer([Float](repeating: .nan, count: channels)), images: 1, height: 1, width: 1,
        channels: channels, pending: Sliced.pending(channels, &rng))
      let y = Sliced(width: 1, channels: channels, .init(), &rng)
      activationForward(x, into: y.pixels, pool: pool)
      #expect(y.now.allSatisfy { $0.isNaN })
      additionForward(x, x, hasReLU: true, into: y.pixels, pool: pool)
      #expect(y.now.allSatisfy { $0.isNaN })
    }
  }

  @Test(arguments: [true, false], [16, 17])
  func `what is larger than the caches is written as well`(isPending: Bool, channels: Int) {
    var rng = SplitMix(seed: 5)
    let count = (1 << 23) / 16 + 5
    let x = Sliced(width: count, channels: channels, .init(isPending: isPending), &rng)
    let y = Buffer(count: count * channels)
    let target = Pixels(y, images: 1, height: 1, width: count, channels: channels)
    activationForward(x.pixels, into: target, pool: pool)
    let meant = x.meant
    #expect(y.values.enumerated().allSatisfy { abs(Double($1) - meant[$0]) < 1e-5 })
    additionForward(x.pixels, x.pixels, hasReLU: false, into: target, pool: pool)
    #expect(y.values.enumerated().allSatisfy { abs(Double($1) - 2 * meant[$0]) < 1e-5 })
  }

  @Test(arguments: channelCounts, [Sliced.Kind(), .init(before: 16, after: 3)])
  func `a mask lets gradients through where the output is above 0`(
    channels: Int, kind: Sliced.Kind
  ) {
    for count in Self.pixelCounts {
      var rng = SplitMix(seed: channels * count)
      let y = Sliced(width: count, channels: channels, kind, &rng)
      let dy = Sliced(width: count, channels: channels, kind, &rng)
      let masked = zip(dy.stored, y.stored).map { $1 > 0 ? $0 : 0 }
      let sums = Buffer([Float](repeating: 1, count: channels))
      let scratch = Buffer(count: channelSumsScratch(pixels: count, channels: channels))
      maskBackward(
        dy.pixels, output: y.pixels, biasSums: sums, biasAdds: true, scratch: scratch, pool: pool)
      #expect(agree(dy.now, masked))
      #expect(dy.isUntouchedOutside)
      let expected = columns(of: masked, channels).map { 1 + $0.reduce(0, +) }
      #expect(agree(sums.values.map(Double.init), expected))

      let again = Sliced(width: count, channels: channels, kind, &rng)
      let other = zip(again.stored, y.stored).map { $1 > 0 ? $0 : 0 }
      maskBackward(
        again.pixels, output: y.pixels, biasSums: nil, biasAdds: false, scratch: nil, pool: pool)
      #expect(agree(again.now, other))
      #expect(again.isUntouchedOutside)
    }
  }

  @Test(arguments: [1, 3, 16, 65], [Sliced.Kind(), .init(before: 16, after: 3)])
  func `sums and moments are those of float64`(channels: Int, kind: Sliced.Kind) {
    for count in Self.pixelCounts + [40_000] {
      var rng = SplitMix(seed: channels + count)
      let x = Sliced(width: count, channels: channels, kind, &rng)
      let scratch = Buffer(count: channelSumsScratch(pixels: count, channels: channels))
      let sums = Buffer([Float](repeating: 7, count: channels))
      let all = columns(of: x.stored, channels)
      biasBackward(x.pixels, into: sums, adds: false, scratch: scratch, pool: pool)
      #expect(agree(sums.values.map(Double.init), all.map { $0.reduce(0, +) }))
      biasBackward(x.pixels, into: sums, adds: true, scratch: scratch, pool: pool)
      #expect(agree(sums.values.map(Double.init), all.map { 2 * $0.reduce(0, +) }))

      let mean = Buffer([Float](repeating: 0.25, count: channels))
      let variance = Buffer(count: channels)
      let target = ChannelMomentsTarget(about: mean, mean: mean, variance: variance)
      channelMoments(x.pixels, target, scratch: scratch, pool: pool)
      let means = all.map { $0.reduce(0, +) / Double(count) }
      #expect(agree(mean.values.map(Double.init), means))
      let variances = zip(all, means).map { column, mean in
        column.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(count)
      }
      #expect(agree(variance.values.map(Double.init), variances))
    }
  }

  @Test func `moments about a near guess keep the digits of a large mean`() {
    var rng = SplitMix(seed: 9)
    let x = Buffer(rng.floats(5000).map { 1000 + $0 })
    let (mean, variance) = (Buffer([1000.5]), Buffer(count: 1))
    channelMoments(
      Pixels(x, images: 1, height: 1, width: 5000, channels: 1),
      ChannelMomentsTarget(about: mean, mean: mean, variance: variance),
      scratch: Buffer(count: channelSumsScratch(pixels: 5000, channels: 1)), pool: pool)
    let values = x.values.map(Double.init)
    let expected = values.reduce(0, +) / 5000
    let spread = values.map { ($0 - expected) * ($0 - expected) }.reduce(0, +) / 5000
    #expect(abs(Double(mean[0]) - expected) < 1e-4)
    #expect(abs(Double(variance[0]) / spread - 1) < 1e-5)
  }
}

/// The values of each channel.
func columns(of values: [Double], _ channels: Int) -> [[Double]] {
  (0..<channels).map { c in stride(from: c, to: values.count, by: channels).map { values[$0] } }
}

import Kernels
import TestSupport
import Testing

@Suite struct NormPassTests {
  private let pool = ThreadPool(threads: 2)

  /// A batch norm's way back as one would write it down.
  private struct Reference {
    var sums: [Double]
    var products: [Double]
    var dz: [Double]

    init(
      dy: [Double], z: [Double], _ activation: PendingActivation, mean: Buffer, scale: Buffer,
      offset: Buffer, slope: Buffer
    ) {
      let channels = mean.count
      sums = [Double](repeating: 0, count: channels)
      products = sums
      dz = []
      for (index, value) in z.enumerated() {
        let c = index % channels
        let active = value * Double(activation.scale[c]) + Double(activation.shift[c])
        let g = active > Double(activation.floor[c]) ? dy[index] : 0
        let away = value - Double(mean[c])
        sums[c] += g
        products[c] += g * away
        dz.append(Double(scale[c]) * (g - Double(offset[c]) - away * Double(slope[c])))
      }
    }
  }

  @Test(arguments: [1, 3, 16, 65, 80], [true, false])
  func `a batch norm's way back is that of float64`(channels: Int, hasReLU: Bool) {
    for (count, kind) in zip(
      [1, 7, 8, 17, 1001, 33],
      [Sliced.Kind(), .init(before: 16, after: 16), .init(), .init(before: 1), .init(), .init()])
    {
      var rng = SplitMix(seed: channels + count)
      let z = Sliced(width: count, channels: channels, kind, &rng)
      let dy = Sliced(width: count, channels: channels, .init(after: 16), &rng)
      let activation = Sliced.pending(channels, hasReLU: hasReLU, &rng)
      let factors = (0..<4).map { _ in Buffer(rng.floats(channels)) }
      let expected = Reference(
        dy: dy.stored, z: z.stored, activation, mean: factors[0], scale: factors[1],
        offset: factors[2], slope: factors[3])
      let (sums, products) = (Buffer(count: channels), Buffer(count: channels))
      normBackwardSums(
        dy: dy.pixels, z: z.pixels, activation: activation, mean: factors[0], sums: sums,
        products: products,
        scratch: Buffer(count: channelSumsScratch(pixels: count, channels: channels)), pool: pool)
      #expect(agree(sums.values.map(Double.init), expected.sums))
      #expect(agree(products.values.map(Double.init), expected.products))
      normBackwardApply(
        dy: dy.pixels, z: z.pixels, activation: activation, mean: factors[0], scale: factors[1],
        offset: factors[2], slope: factors[3], pool: pool)
      #expect(agree(dy.now, expected.dz))
      #expect(dy.isUntouchedOutside)
    }
  }

  @Test func `sums over strided pixels have the same bits for any number of threads`() {
    var rng = SplitMix(seed: 2)
    let z = Sliced(width: 70_000, channels: 19, .init(before: 5), &rng)
    let dy = Sliced(width: 70_000, channels: 19, .init(), &rng)
    let activation = Sliced.pending(19, &rng)
    let mean = Buffer(rng.floats(19))
    let results = [1, 2, 3].map { threads in
      let pool = ThreadPool(threads: threads)
      let (sums, products) = (Buffer(count: 19), Buffer(count: 19))
      let (means, variances) = (Buffer(count: 19), Buffer(count: 19))
      let scratch = Buffer(count: channelSumsScratch(pixels: 70_000, channels: 19))
      normBackwardSums(
        dy: dy.pixels, z: z.pixels, activation: activation, mean: mean, sums: sums,
        products: products, scratch: scratch, pool: pool)
      channelMoments(
        z.pixels, ChannelMomentsTarget(about: mean, mean: means, variance: variances),
        scratch: scratch, pool: pool)
      return [sums.values, products.values, means.values, variances.values]
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }
}

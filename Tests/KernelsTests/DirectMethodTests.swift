import AllocationTesting
@testable import Kernels
import TestSupport
import Testing

@Suite struct DirectMethodTests {
  private static let filters: [(kernel: Int, stride: Int, padding: Int, dilation: Int)] = [
    (3, 1, 1, 1), (3, 2, 1, 1), (7, 2, 3, 1), (1, 1, 0, 1), (1, 2, 0, 1), (3, 1, 3, 3),
    (3, 1, 5, 5), (3, 1, 0, 1), (2, 3, 1, 2), (4, 2, 1, 1), (4, 1, 2, 1), (1, 1, 1, 1),
  ]

  /// The worst of the errors as a part of what rounding allows, and whether gaps were left alone.
  private func worst(
    _ found: Buffer, _ expected: PlainDirect.Sums, old: [Float], adds: Bool, plain: PlainDirect,
    channels: Int
  ) -> Double {
    let values = Array(found.values.dropFirst(plain.gap / 2))
    var worst = 0.0
    for index in values.indices {
      let isGap = plain.gap > 0 && index % (channels + plain.gap) >= channels
      if isGap {
        if values[index] != old[index] { return .infinity }
        continue
      }
      let before = adds ? Double(old[index]) : 0
      let error = abs(Double(values[index]) - expected.values[index] - before)
      let bound = expected.bounds[index] + abs(before) * expected.roundings[index]
      if !(error <= bound) { worst = max(worst, bound > 0 ? error / bound : .infinity) }
      if bound > 0 { worst = max(worst, error / bound) }
    }
    return worst.isNaN ? .infinity : worst
  }

  private func check(_ plain: PlainDirect, pool: ThreadPool, seed: Int) {
    let sizes = plain.sizes
    let method = DirectMethod(sizes)
    var rng = SplitMix(seed: seed + 77)
    let (x, _) = plain.inputs(plain.x, isPending: plain.isPending)
    let (dy, _) = plain.outputs(plain.dy, isPending: plain.isPending)
    let w = Buffer(plain.w)
    let scale = seed.isMultiple(of: 2) ? Buffer(Array(plain.scale[..<sizes.outputChannels])) : nil
    let packed = Buffer(count: method.packedCount)
    method.pack(w, scale: scale, into: packed, pool: pool)
    let old: [Float] = rng.floats(plain.dy.count)
    let (y, memory) = plain.outputs(old)
    method.forward(
      x, packed: packed, ConvolutionEpilogue(bias: Buffer(plain.bias)), into: y,
      scratch: Buffer(count: method.forwardScratch(threads: pool.threads)), pool: pool)
    #expect(
      worst(
        memory, plain.forward(scaled: scale != nil), old: old, adds: false, plain: plain,
        channels: sizes.outputChannels) <= 1, "forward \(sizes) gap \(plain.gap)")
    let (inputs, filter) = (plain.backwardInput, plain.backwardFilter)
    for adds in [false, true] {
      let old: [Float] = rng.floats(plain.x.count)
      let (dx, memory) = plain.inputs(old)
      method.backwardInput(
        dy, w, into: dx, adds: adds,
        scratch: Buffer(count: method.backwardInputScratch(threads: pool.threads)), pool: pool)
      #expect(
        worst(
          memory, inputs, old: old, adds: adds, plain: plain, channels: sizes.inputChannels) <= 1,
        "dx \(sizes) gap \(plain.gap) adds \(adds)")
      let oldFilter: [Float] = rng.floats(plain.w.count)
      let dw = Buffer([Float](repeating: 9, count: plain.gap / 2) + oldFilter)
      method.backwardFilter(
        dy, x, into: dw.slice(at: plain.gap / 2, count: plain.w.count), adds: adds,
        scratch: Buffer(count: method.backwardFilterScratch(threads: pool.threads)), pool: pool)
      let flat = PlainDirect(sizes, isPending: plain.isPending, gap: 0, seed: 0)
      #expect(
        worst(
          Buffer(Array(dw.values.dropFirst(plain.gap / 2))), filter, old: oldFilter, adds: adds,
          plain: flat, channels: sizes.outputChannels) <= 1,
        "dw \(sizes) gap \(plain.gap) adds \(adds)")
    }
  }

  @Test(arguments: [1, 2, 3, 5, 7, 17, 33])
  func `a direct convolution and its gradients stay within what rounding allows`(pixels: Int) {
    let pool = ThreadPool(threads: 2)
    for (index, filter) in Self.filters.enumerated() {
      for (place, channels) in [(1, 1), (3, 16), (5, 3), (16, 5), (3, 1), (1, 7)].enumerated() {
        let images = 1 + (pixels + index + place) % 5
        let columns = place.isMultiple(of: 2) ? pixels : pixels + 1
        guard min(pixels, columns) + 2 * filter.padding > (filter.kernel - 1) * filter.dilation
        else { continue }
        let sizes = ConvolutionGeometry(
          images: pixels > 16 ? min(2, images) : images, height: pixels, width: columns,
          inputChannels: channels.0, outputChannels: channels.1, kernel: filter.kernel,
          stride: filter.stride, padding: filter.padding, dilation: filter.dilation)
        let seed = index + 10 * pixels + place
        check(
          PlainDirect(
            sizes, isPending: seed.isMultiple(of: 3), gap: seed % 4 == 1 ? 5 : 0, seed: seed),
          pool: pool, seed: seed)
      }
    }
  }

  @Test(arguments: [(65, 129, 1), (129, 65, 2), (16, 65, 5), (260, 66, 1), (70, 520, 2)])
  func `channels beyond a panel and depths beyond a chunk are summed whole`(
    inputs: Int, outputs: Int, images: Int
  ) {
    for (index, filter) in Self.filters.prefix(6).enumerated() {
      let sizes = ConvolutionGeometry(
        images: images, height: 4, width: 5, inputChannels: inputs, outputChannels: outputs,
        kernel: filter.kernel, stride: filter.stride, padding: filter.padding,
        dilation: filter.dilation)
      check(
        PlainDirect(sizes, isPending: index % 2 == 0, gap: index % 3, seed: index),
        pool: ThreadPool(threads: 2), seed: index)
    }
  }

  @Test(arguments: [1, 2, 3]) func `large pictures are cut into tiles with narrow ones at the edge`(
    threads: Int
  ) {
    let pool = ThreadPool(threads: threads)
    let shapes = [
      (3, 1, 1, 3, 18), (3, 2, 1, 33, 6), (1, 1, 0, 20, 6), (7, 2, 3, 3, 6), (4, 2, 1, 3, 5),
      (1, 1, 0, 21, 1), (3, 1, 1, 5, 1), (1, 2, 0, 5, 9),
    ]
    for (index, (kernel, stride, padding, inputs, outputs)) in shapes.enumerated() {
      let sizes = ConvolutionGeometry(
        images: 2, height: stride * 9, width: stride * 129 + 1, inputChannels: inputs,
        outputChannels: outputs, kernel: kernel, stride: stride, padding: padding)
      check(
        PlainDirect(sizes, isPending: index % 2 == 0, gap: index % 3, seed: index), pool: pool,
        seed: index)
    }
  }

  @Test(arguments: [(9, 130, 70, true), (3, 4, 65, false), (9, 130, 1, false)])
  func `ReLU and moments of the result come out of the forward pass`(
    height: Int, width: Int, outputs: Int, isPending: Bool
  ) {
    let sizes = ConvolutionGeometry(
      images: 2, height: height, width: width, inputChannels: 6, outputChannels: outputs,
      kernel: 3, padding: 1)
    let plain = PlainDirect(sizes, isPending: isPending, gap: 0, seed: height)
    let pool = ThreadPool(threads: 2)
    let method = DirectMethod(sizes)
    let (x, _) = plain.inputs(plain.x, isPending: isPending)
    let packed = Buffer(count: method.packedCount)
    method.pack(Buffer(plain.w), scale: nil, into: packed, pool: pool)
    let scratch = Buffer(count: method.forwardScratch(threads: 2))
    let about = Buffer(plain.bias)
    let variance = Buffer(count: outputs)
    let (y, stored) = plain.outputs(plain.dy)
    method.forward(
      x, packed: packed,
      ConvolutionEpilogue(
        bias: Buffer(plain.bias),
        moments: ChannelMomentsTarget(about: about, mean: about, variance: variance)),
      into: y, scratch: scratch, pool: pool)
    let values = stored.values.map(Double.init)
    for channel in 0..<outputs {
      let own = stride(from: channel, to: values.count, by: outputs).map { values[$0] }
      let mean = own.reduce(0, +) / Double(own.count)
      let spread = own.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(own.count)
      #expect(abs(Double(about[channel]) - mean) <= 1e-7 * (abs(mean) + spread.squareRoot()))
      #expect(abs(Double(variance[channel]) - spread) <= 1e-6 * spread)
    }
    let (clipped, memory) = plain.outputs(plain.dy)
    method.forward(
      x, packed: packed, ConvolutionEpilogue(bias: Buffer(plain.bias), hasReLU: true),
      into: clipped, scratch: scratch, pool: pool)
    #expect(memory.values == stored.values.map { $0 < 0 ? 0 : $0 })
  }

  @Test func `a result that is not a number stays one under a ReLU`() {
    let sizes = ConvolutionGeometry(
      images: 1, height: 2, width: 2, inputChannels: 3, outputChannels: 20, kernel: 1)
    let method = DirectMethod(sizes)
    let pool = ThreadPool(threads: 1)
    let packed = Buffer(count: method.packedCount)
    packed.fill(1)
    let y = Buffer(count: sizes.outputCount)
    let x = Buffer([.nan, 0, 0, 1, 1, 1, -1, -1, -1, 0, 0, 0])
    method.forward(
      Pixels(x, images: 1, height: 2, width: 2, channels: 3), packed: packed,
      ConvolutionEpilogue(hasReLU: true),
      into: Pixels(y, images: 1, height: 2, width: 2, channels: 20),
      scratch: Buffer(count: method.forwardScratch(threads: 1)), pool: pool)
    #expect(y.values.prefix(20).allSatisfy { $0.isNaN })
    #expect(
      Array(y.values.dropFirst(20)) == [3, 0, 0].flatMap { [Float](repeating: $0, count: 20) })
  }

  @Test func `moments of what is not a number are none`() {
    let method = DirectMethod(
      ConvolutionGeometry(
        images: 1, height: 1, width: 4, inputChannels: 1, outputChannels: 2, kernel: 1))
    let packed = Buffer(count: method.packedCount)
    let pool = ThreadPool(threads: 1)
    method.pack(Buffer([1, 2]), scale: nil, into: packed, pool: pool)
    let moments = ChannelMomentsTarget(
      about: Buffer(count: 2), mean: Buffer(count: 2), variance: Buffer(count: 2))
    method.forward(
      Pixels(Buffer([0, .nan, 1, 2]), images: 1, height: 1, width: 4, channels: 1), packed: packed,
      ConvolutionEpilogue(moments: moments),
      into: Pixels(Buffer(count: 8), images: 1, height: 1, width: 4, channels: 2),
      scratch: Buffer(count: method.forwardScratch(threads: 1)), pool: pool)
    #expect((moments.mean.values + moments.variance.values).allSatisfy { $0.isNaN })
  }

  @Test(arguments: [(8, 200, 9, 17), (4, 4, 130, 70)])
  func `a repetition gives the same bits`(height: Int, width: Int, inputs: Int, outputs: Int) {
    let sizes = ConvolutionGeometry(
      images: 3, height: height, width: width, inputChannels: inputs, outputChannels: outputs,
      kernel: 3, stride: 1, padding: 1)
    let plain = PlainDirect(sizes, isPending: true, gap: 0, seed: 5)
    let pool = ThreadPool(threads: 3)
    let method = DirectMethod(sizes)
    let run = {
      let (x, _) = plain.inputs(plain.x, isPending: true)
      let (dy, _) = plain.outputs(plain.dy)
      let (y, result) = plain.outputs(plain.dy)
      let (dx, gradient) = plain.inputs(plain.x)
      let (w, dw) = (Buffer(plain.w), Buffer(plain.w))
      let packed = Buffer(count: method.packedCount)
      let mean = Buffer(count: outputs)
      let variance = Buffer(count: outputs)
      method.pack(w, scale: nil, into: packed, pool: pool)
      method.forward(
        x, packed: packed,
        ConvolutionEpilogue(
          moments: ChannelMomentsTarget(about: mean, mean: mean, variance: variance)),
        into: y, scratch: Buffer(count: method.forwardScratch(threads: 3)), pool: pool)
      method.backwardInput(
        dy, w, into: dx, adds: true,
        scratch: Buffer(count: method.backwardInputScratch(threads: 3)), pool: pool)
      method.backwardFilter(
        dy, x, into: dw, adds: true,
        scratch: Buffer(count: method.backwardFilterScratch(threads: 3)), pool: pool)
      return [result, gradient, dw, mean, variance].map { $0.values.map(\.bitPattern) }
    }
    let first = run()
    for _ in 0..<5 { #expect(run() == first) }
  }

  @Test(.enabled(if: AllocationCount.works), arguments: [(40, 70, 2), (4, 130, 1), (40, 1, 1)])
  func `no call allocates`(side: Int, outputs: Int, stride: Int) {
    let sizes = ConvolutionGeometry(
      images: 2, height: side, width: side, inputChannels: 5, outputChannels: outputs, kernel: 3,
      stride: stride, padding: 1)
    let plain = PlainDirect(sizes, isPending: true, gap: 0, seed: side)
    let pool = ThreadPool(threads: 2)
    let method = DirectMethod(sizes)
    let (x, _) = plain.inputs(plain.x, isPending: true)
    let (dy, _) = plain.outputs(plain.dy)
    let (y, _) = plain.outputs(plain.dy)
    let (dx, _) = plain.inputs(plain.x)
    let (w, dw) = (Buffer(plain.w), Buffer(plain.w))
    let (mean, packed) = (Buffer(count: outputs), Buffer(count: method.packedCount))
    let epilogue = ConvolutionEpilogue(
      bias: Buffer(plain.bias),
      moments: ChannelMomentsTarget(about: mean, mean: mean, variance: Buffer(count: outputs)))
    let scratch = Buffer(
      count: max(
        method.forwardScratch(threads: 2), method.backwardInputScratch(threads: 2),
        method.backwardFilterScratch(threads: 2)))
    let count = AllocationCount(on: pool) {
      method.pack(w, scale: nil, into: packed, pool: pool)
      method.forward(x, packed: packed, epilogue, into: y, scratch: scratch, pool: pool)
      method.backwardInput(dy, w, into: dx, adds: false, scratch: scratch, pool: pool)
      method.backwardFilter(dy, x, into: dw, adds: false, scratch: scratch, pool: pool)
    }
    #expect(count.small + count.large == 0, "\(count)")
  }

  @Test func `Winograd's method is chosen where it fits, and alone sees through a doubling`() {
    func sizes(_ kernel: Int, _ channels: Int, side: Int = 32) -> ConvolutionGeometry {
      ConvolutionGeometry(
        images: 1, height: side, width: side, inputChannels: channels, outputChannels: 32,
        kernel: kernel, padding: kernel / 2)
    }
    let isWanted = WinogradMethod(sizes(3, 16)) != nil
    #expect((sizes(3, 16).method() is WinogradMethod) == isWanted)
    #expect(sizes(3, 16).canUpsample() == isWanted)
    for other in [sizes(1, 16), sizes(3, 3), sizes(3, 16, side: 4), sizes(7, 16)] {
      #expect(other.method() is DirectMethod)
      #expect(!other.canUpsample())
    }
    #expect(!sizes(3, 16, side: 33).canUpsample())
  }
}

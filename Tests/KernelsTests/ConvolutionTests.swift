import Kernels
import Testing

/// The plain loops in `Double` that the fast kernels must agree with.
struct PlainConvolution {
  let sizes: ConvolutionGeometry
  let x: [Float]
  let w: [Float]
  let bias: [Float]
  let dy: [Float]

  /// Visits every product: places in x, w and y.
  private func visit(_ body: (Int, Int, Int) -> Void) {
    let s = sizes
    for n in 0..<s.images {
      for oy in 0..<s.rows {
        for ox in 0..<s.columns {
          for tap in 0..<s.kernel * s.kernel {
            let iy = oy * s.stride - s.padding + tap / s.kernel * s.dilation
            let ix = ox * s.stride - s.padding + tap % s.kernel * s.dilation
            guard iy >= 0, iy < s.height, ix >= 0, ix < s.width else { continue }
            for o in 0..<s.outputChannels {
              for i in 0..<s.inputChannels {
                body(
                  ((n * s.height + iy) * s.width + ix) * s.inputChannels + i,
                  (o * s.inputChannels + i) * s.kernel * s.kernel + tap,
                  ((n * s.rows + oy) * s.columns + ox) * s.outputChannels + o)
              }
            }
          }
        }
      }
    }
  }

  var forward: [Double] {
    var y = (0..<sizes.outputCount).map { Double(bias[$0 % sizes.outputChannels]) }
    visit { y[$2] += Double(x[$0]) * Double(w[$1]) }
    return y
  }

  var backwardInput: [Double] {
    var dx = [Double](repeating: 0, count: sizes.inputCount)
    visit { dx[$0] += Double(dy[$2]) * Double(w[$1]) }
    return dx
  }

  var backwardFilter: [Double] {
    var dw = [Double](repeating: 0, count: sizes.filterCount)
    visit { dw[$1] += Double(dy[$2]) * Double(x[$0]) }
    return dw
  }
}

/// The largest difference, relative to the largest expected magnitude.
func gap(_ found: [Float], _ expected: [Double]) -> Double {
  let largest = expected.map(abs).max() ?? 0
  let difference = zip(found, expected).map { abs(Double($0) - $1) }.max() ?? 0
  return largest > 0 ? difference / largest : difference
}

@Suite struct ConvolutionTests {
  private static let filters: [(kernel: Int, stride: Int, padding: Int, dilation: Int)] = [
    (3, 1, 1, 1), (3, 2, 1, 1), (7, 2, 3, 1), (1, 1, 0, 1),
    (1, 2, 0, 1), (3, 1, 3, 3), (3, 1, 0, 1), (2, 3, 1, 2), (4, 2, 1, 1),
  ]

  private func check(_ sizes: ConvolutionGeometry, pool: ThreadPool, seed: Int) {
    var rng = SplitMix(seed: seed)
    let plain = PlainConvolution(
      sizes: sizes, x: rng.floats(sizes.inputCount), w: rng.floats(sizes.filterCount),
      bias: rng.floats(sizes.outputChannels), dy: rng.floats(sizes.outputCount))
    let (x, w) = (Buffer(plain.x), Buffer(plain.w))
    let (bias, dy) = (Buffer(plain.bias), Buffer(plain.dy))
    let y = Buffer(count: sizes.outputCount)
    convolutionForward(
      x, w, bias: bias, sizes, into: y,
      scratch: Buffer(count: sizes.forwardScratch(threads: pool.threads)), pool: pool)
    #expect(gap(y.values, plain.forward) < 1e-5, "forward \(sizes)")
    let (plainInput, plainFilter) = (plain.backwardInput, plain.backwardFilter)
    for adds in [false, true] {
      let old: [Float] = rng.floats(sizes.inputCount)
      let dx = Buffer(old)
      convolutionBackwardInput(
        dy, w, sizes, into: dx, adds: adds,
        scratch: Buffer(count: sizes.backwardInputScratch(threads: pool.threads)), pool: pool)
      let expected = zip(plainInput, old).map { $0 + (adds ? Double($1) : 0) }
      #expect(gap(dx.values, expected) < 1e-5, "dx \(sizes), adds \(adds)")
      let oldFilter: [Float] = rng.floats(sizes.filterCount)
      let dw = Buffer(oldFilter)
      convolutionBackwardFilter(
        dy, x, sizes, into: dw, adds: adds,
        scratch: Buffer(count: sizes.backwardFilterScratch(threads: pool.threads)), pool: pool)
      let expectedFilter = zip(plainFilter, oldFilter).map { $0 + (adds ? Double($1) : 0) }
      #expect(gap(dw.values, expectedFilter) < 1e-5, "dw \(sizes), adds \(adds)")
    }
  }

  @Test(arguments: [1, 2, 3, 5, 7, 17])
  func `a convolution and its gradients agree with the plain loop`(pixels: Int) {
    let pool = ThreadPool(threads: 2)
    for (index, filter) in Self.filters.enumerated() {
      for (inputs, outputs) in [(1, 1), (3, 16), (5, 3), (16, 5)] {
        for (images, columns) in [(1, pixels), (2, pixels + 1), (3, 17)] {
          guard min(pixels, columns) + 2 * filter.padding > (filter.kernel - 1) * filter.dilation
          else { continue }
          let sizes = ConvolutionGeometry(
            images: images, height: pixels, width: columns, inputChannels: inputs,
            outputChannels: outputs, kernel: filter.kernel, stride: filter.stride,
            padding: filter.padding, dilation: filter.dilation)
          check(sizes, pool: pool, seed: index + 10 * pixels)
        }
      }
    }
  }

  @Test(arguments: [1, 2, 3]) func `large pictures are cut into blocks that fit`(threads: Int) {
    let pool = ThreadPool(threads: threads)
    for (kernel, stride, padding) in [(3, 1, 1), (3, 2, 1), (1, 1, 0), (7, 2, 3)] {
      check(
        ConvolutionGeometry(
          images: 2, height: stride * 37, width: stride * 41, inputChannels: 7,
          outputChannels: 6, kernel: kernel, stride: stride, padding: padding),
        pool: pool, seed: kernel + stride)
    }
  }

  @Test func `a small deep picture is cut into tiles of its channels`() {
    check(
      ConvolutionGeometry(
        images: 2, height: 2, width: 3, inputChannels: 67, outputChannels: 300, kernel: 3,
        padding: 1),
      pool: ThreadPool(threads: 3), seed: 4)
  }

  @Test(arguments: [
    (1, 23, 40, 16, 16), (2, 17, 33, 16, 48), (1, 33, 26, 80, 64), (3, 13, 15, 64, 16),
    (2, 25, 24, 32, 128), (1, 24, 24, 128, 192),
  ]) func `pictures that Winograd's method suits agree with the plain loop`(
    images: Int, height: Int, width: Int, inputs: Int, outputs: Int
  ) {
    check(
      ConvolutionGeometry(
        images: images, height: height, width: width, inputChannels: inputs,
        outputChannels: outputs, kernel: 3, padding: 1),
      pool: ThreadPool(threads: 2), seed: height)
  }
}

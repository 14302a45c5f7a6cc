import TestSupport
import Testing

@testable import Kernels

/// What a 3x3 convolution of padding 1 must give, by plain loops in `Real`: the reference in
/// `Double`, and in `Float` the yardstick of what rounding alone does.
private struct PlainWinograd<Real: BinaryFloatingPoint> {
  let sizes: ConvolutionGeometry
  /// Dense, activated, before the doubling.
  let x: [Real]
  /// `[tap][input][output]`.
  let w: [Real]
  let dy: [Real]

  private var step: Int { sizes.upsamples ? 2 : 1 }

  /// Visits every pair of pixels that a tap joins: pixels of x and y, and the tap.
  private func visit(_ body: (_ x: Int, _ tap: Int, _ y: Int) -> Void) {
    let (height, width) = (sizes.height, sizes.width)
    for n in 0..<sizes.images {
      for oy in 0..<height {
        for ox in 0..<width {
          for tap in 0..<9 {
            let (iy, ix) = (oy - 1 + tap / 3, ox - 1 + tap % 3)
            guard iy >= 0, iy < height, ix >= 0, ix < width else { continue }
            body(
              (n * (height / step) + iy / step) * (width / step) + ix / step, tap,
              (n * height + oy) * width + ox)
          }
        }
      }
    }
  }

  var forward: [Real] {
    let (inputs, outputs) = (sizes.inputChannels, sizes.outputChannels)
    var y = [Real](repeating: 0, count: sizes.outputCount)
    visit { from, tap, to in
      for i in 0..<inputs {
        let (value, line) = (x[from * inputs + i], (tap * inputs + i) * outputs)
        for o in 0..<outputs { y[to * outputs + o] += value * w[line + o] }
      }
    }
    return y
  }

  var backwardInput: [Real] {
    let (inputs, outputs) = (sizes.inputChannels, sizes.outputChannels)
    var dx = [Real](repeating: 0, count: x.count)
    visit { to, tap, from in
      for o in 0..<outputs {
        let value = dy[from * outputs + o]
        for i in 0..<inputs { dx[to * inputs + i] += value * w[(tap * inputs + i) * outputs + o] }
      }
    }
    return dx
  }

  var backwardFilter: [Real] {
    let (inputs, outputs) = (sizes.inputChannels, sizes.outputChannels)
    var dw = [Real](repeating: 0, count: w.count)
    visit { left, tap, right in
      for i in 0..<inputs {
        let (value, line) = (x[left * inputs + i], (tap * inputs + i) * outputs)
        for o in 0..<outputs { dw[line + o] += value * dy[right * outputs + o] }
      }
    }
    return dw
  }
}

/// The root of the mean square of the differences, relative to that of the expected values.
private func rootMeanSquareGap(_ found: [Float], _ expected: [Double]) -> Double {
  var (gaps, squares) = (0.0, 0.0)
  for (value, exact) in zip(found, expected) {
    gaps += (Double(value) - exact) * (Double(value) - exact)
    squares += exact * exact
  }
  return squares > 0 ? (gaps / squares).squareRoot() : gaps.squareRoot()
}

/// One convolution by Winograd's method in memory, its pictures being slices of wider ones.
private struct Trial {
  let sizes: ConvolutionGeometry
  let method: WinogradMethod
  let pool: ThreadPool
  let x: Pixels
  let y: Pixels
  let dy: Pixels
  let dx: Pixels
  let w: Buffer
  let exact: PlainWinograd<Double>
  let rounded: PlainWinograd<Float>

  init?(
    _ sizes: ConvolutionGeometry, tile: Int, pool: ThreadPool, tuning: WinogradTuning = .init(),
    keepsFilter: Bool = false, slack: Int = 0, isActive: Bool = false, seed: Int = 1
  ) {
    guard
      let method = WinogradMethod(sizes, tile: tile, tuning: tuning, keepsFilter: keepsFilter)
    else { return nil }
    (self.sizes, self.method, self.pool) = (sizes, method, pool)
    var rng = SplitMix(seed: seed)
    let step = sizes.upsamples ? 2 : 1
    func pixels(_ channels: Int, _ step: Int, _ pending: PendingActivation?) -> Pixels {
      let (height, width) = (sizes.height / step, sizes.width / step)
      let count = sizes.images * height * width * (channels + slack)
      return Pixels(
        Buffer(rng.floats(count)), images: sizes.images, height: height, width: width,
        channels: channels, stride: channels + slack, pending: pending)
    }
    let (c, k) = (sizes.inputChannels, sizes.outputChannels)
    let pending = PendingActivation(
      scale: Buffer(rng.floats(c, in: 0.5...1.5)), shift: Buffer(rng.floats(c)),
      floor: Buffer((0..<c).map { $0.isMultiple(of: 3) ? -.infinity : 0 }))
    x = pixels(c, step, isActive ? pending : nil)
    (y, dy, dx) = (pixels(k, 1, nil), pixels(k, 1, nil), pixels(c, step, nil))
    w = Buffer(rng.floats(sizes.filterCount))
    rounded = PlainWinograd(sizes: sizes, x: x.dense, w: w.values, dy: dy.dense)
    exact = PlainWinograd(
      sizes: sizes, x: rounded.x.map(Double.init), w: rounded.w.map(Double.init),
      dy: rounded.dy.map(Double.init))
  }

  func forward(_ epilogue: ConvolutionEpilogue = .init(), scale: Buffer? = nil) -> [Float] {
    let packed = Buffer(count: method.packedCount)
    let scratch = Buffer(count: method.forwardScratch(threads: pool.threads))
    scratch.fill(.nan)
    method.pack(w, scale: scale, into: packed, pool: pool)
    method.forward(x, packed: packed, epilogue, into: y, scratch: scratch, pool: pool)
    return y.dense
  }

  func backwardInput(adds: Bool = false) -> [Float] {
    let scratch = Buffer(count: method.backwardInputScratch(threads: pool.threads))
    scratch.fill(.nan)
    method.backwardInput(dy, w, into: dx, adds: adds, scratch: scratch, pool: pool)
    return dx.dense
  }

  func backwardFilter(into dw: Buffer? = nil) -> [Float] {
    let scratch = Buffer(count: method.backwardFilterScratch(threads: pool.threads))
    scratch.fill(.nan)
    let target = dw ?? Buffer(count: sizes.filterCount)
    method.backwardFilter(dy, x, into: target, adds: dw != nil, scratch: scratch, pool: pool)
    return target.values
  }

  /// Expects the three results within `bound` of the exact ones.
  func check(_ bound: Double) {
    let what = "\(method.name) \(sizes)"
    let between = (y.between, dx.between)
    #expect(rootMeanSquareGap(forward(), exact.forward) < bound, "forward \(what)")
    #expect(rootMeanSquareGap(backwardInput(), exact.backwardInput) < bound, "dx \(what)")
    #expect(between == (y.between, dx.between), "outside the slices \(what)")
    #expect(rootMeanSquareGap(backwardFilter(), exact.backwardFilter) < bound, "dw \(what)")
  }
}

extension Pixels {
  /// The activated values without what lies between them.
  fileprivate var dense: [Float] {
    let all = buffer.values
    return (0..<count * channels).map { index in
      let (pixel, channel) = index.quotientAndRemainder(dividingBy: channels)
      let value = all[pixel * stride + channel]
      guard let pending else { return value }
      let moved = pending.shift[channel].addingProduct(value, pending.scale[channel])
      return max(moved, pending.floor[channel])
    }
  }

  /// What lies between the pixels, channel slices apart.
  fileprivate var between: [Float] {
    let all = buffer.values
    return (0..<all.count).filter { $0 % stride >= channels }.map { all[$0] }
  }
}

private func geometry(
  _ images: Int, _ height: Int, _ width: Int, _ inputs: Int, _ outputs: Int,
  upsamples: Bool = false
) -> ConvolutionGeometry {
  ConvolutionGeometry(
    images: images, height: height, width: width, inputChannels: inputs, outputChannels: outputs,
    kernel: 3, padding: 1, upsamples: upsamples)
}

/// Small blocks, so that small pictures have many; and filters that are never stored transformed.
private let deep = WinogradTuning(
  largestFilter: 0, deepBlock: 4, chunk: 32, stageBytes: 1 << 18,
  gradientStageBytes: 1 << 18, largestGradient: 0)

/// The same with a filter that is stored because it is used again and again.
private let kept = WinogradTuning(largestFilter: 0, keptBlock: 4, stageBytes: 1 << 18)

@Suite struct WinogradMethodTests {
  /// Relative to the root mean square: rounding to 24 bits is 3e-8 in the mean, F(4,3)'s transforms
  /// enlarge it some 30 times, and 100 times behind a doubling, whose points lie farther apart.
  private static let (bound, doubledBound) = (2e-6, 5e-6)

  @Test(arguments: [1, 2, 3, 5, 7, 17, 33], [2, 4])
  func `a convolution and its gradients agree with the plain loops`(side: Int, tile: Int) {
    let pool = ThreadPool(threads: 2)
    for (index, (c, k)) in [(16, 48), (64, 16), (80, 64)].enumerated() {
      for (tuning, keeps) in [(WinogradTuning(), false), (deep, false), (kept, true)] {
        let sizes = geometry(side > 16 ? 1 : 5 - index, side, side + index * 3, c, k)
        Trial(
          sizes, tile: tile, pool: pool, tuning: tuning, keepsFilter: keeps, slack: 16,
          isActive: true,
          seed: side)?
          .check(Self.bound)
      }
    }
  }

  @Test(arguments: [1, 2, 3, 5, 7, 17], [2, 4])
  func `behind a doubling it reads and writes the small pictures`(side: Int, tile: Int) {
    let pool = ThreadPool(threads: 2)
    for (index, (c, k)) in [(16, 48), (64, 16), (80, 64)].enumerated() {
      for (tuning, keeps) in [(WinogradTuning(), false), (deep, false), (kept, true)] {
        let sizes = geometry(
          side > 8 ? 1 : 3, 2 * side, 2 * (side + index), c, k, upsamples: true)
        Trial(
          sizes, tile: tile, pool: pool, tuning: tuning, keepsFilter: keeps, slack: 16,
          isActive: true,
          seed: side)?
          .check(Self.doubledBound)
      }
    }
  }

  @Test(arguments: [false, true])
  func `rounding is within 4 times that of plain sums, or 6 times`(upsamples: Bool) throws {
    let limit = upsamples ? 6.0 : 4.0  // behind a doubling
    for tile in [2, 4] {
      let trial = try #require(
        Trial(
          geometry(2, 24, 24, 64, 64, upsamples: upsamples), tile: tile,
          pool: ThreadPool(threads: 2)))
      func compare(_ found: [Float], _ plain: [Float], _ exact: [Double], _ what: String) {
        let (ours, theirs) = (rootMeanSquareGap(found, exact), rootMeanSquareGap(plain, exact))
        #expect(ours < limit * theirs, "\(what) of tile \(tile): \(ours), plain \(theirs)")
      }
      let (exact, plain) = (trial.exact, trial.rounded)
      compare(trial.forward(), plain.forward, exact.forward, "forward")
      compare(trial.backwardInput(), plain.backwardInput, exact.backwardInput, "dx")
      compare(trial.backwardFilter(), plain.backwardFilter, exact.backwardFilter, "dw")
    }
  }

  @Test(arguments: [false, true])
  func `bias, ReLU and a scale of the filter come with the result`(isDeep: Bool) throws {
    let sizes = geometry(2, 9, 11, 32, 80)
    let trial = try #require(
      Trial(
        sizes, tile: 4, pool: ThreadPool(threads: 2),
        tuning: isDeep ? deep : WinogradTuning(), slack: 16))
    var rng = SplitMix(seed: 7)
    let (bias, scale) = (rng.floats(80), rng.floats(80))
    let y = trial.forward(
      ConvolutionEpilogue(bias: Buffer(bias), hasReLU: true), scale: Buffer(scale))
    let expected = trial.exact.forward.enumerated().map { index, value in
      max(0, value * Double(scale[index % 80]) + Double(bias[index % 80]))
    }
    #expect(rootMeanSquareGap(y, expected) < Self.bound)
  }

  @Test(arguments: [false, true], [2, 4])
  func `moments count the pixels of the pictures alone`(isDeep: Bool, tile: Int) throws {
    for upsamples in [false, true] {
      let sizes = geometry(3, 10, 14, 32, 80, upsamples: upsamples)
      let trial = try #require(
        Trial(
          sizes, tile: tile, pool: ThreadPool(threads: 2),
          tuning: isDeep ? deep : WinogradTuning(), slack: 16))
      let bias = Buffer((0..<80).map { 100 + Float($0) })
      let moments = ChannelMomentsTarget(
        about: Buffer((0..<80).map { 99 + Float($0) }), mean: Buffer(count: 80),
        variance: Buffer(count: 80))
      let y = trial.forward(ConvolutionEpilogue(bias: bias, moments: moments))
      let count = Double(y.count / 80)
      for channel in 0..<80 {
        let values = stride(from: channel, to: y.count, by: 80).map { Double(y[$0]) }
        let mean = values.reduce(0, +) / count
        let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / count
        #expect(abs(Double(moments.mean[channel]) - mean) < 2e-5)
        #expect(abs(Double(moments.variance[channel]) / variance - 1) < 1e-5)
      }
    }
  }

  @Test func `moments know a last stage of fewer blocks`() throws {
    // 31 tiles in stages of 6, these in blocks of 3; the last stage is one tile.
    var tuning = deep
    tuning.stageBytes = 6 * 36 * 32 * 4
    let trial = try #require(
      Trial(
        geometry(1, 4, 124, 32, 80), tile: 4, pool: ThreadPool(threads: 2), tuning: tuning))
    let moments = ChannelMomentsTarget(
      about: Buffer(count: 80), mean: Buffer(count: 80), variance: Buffer(count: 80))
    let y = trial.forward(ConvolutionEpilogue(moments: moments))
    for channel in 0..<80 {
      let values = stride(from: channel, to: y.count, by: 80).map { Double(y[$0]) }
      let mean = values.reduce(0, +) / 496
      let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 496
      #expect(abs(Double(moments.mean[channel]) - mean) < 2e-5)
      #expect(abs(Double(moments.variance[channel]) / variance - 1) < 1e-5)
    }
  }

  @Test(arguments: [false, true], [false, true])
  func `gradients add to what is there`(isDeep: Bool, upsamples: Bool) throws {
    let trial = try #require(
      Trial(
        geometry(3, 10, 14, 48, 80, upsamples: upsamples), tile: 4, pool: ThreadPool(threads: 2),
        tuning: isDeep ? deep : WinogradTuning(), slack: 16))
    let old = (trial.dx.dense, trial.dx.between)
    let dx = zip(trial.backwardInput(adds: true), old.0).map { $0 - $1 }
    #expect(rootMeanSquareGap(dx, trial.exact.backwardInput) < Self.doubledBound)
    #expect(trial.dx.between == old.1)
    let dw = trial.backwardFilter(into: Buffer(trial.w.values))
    let expected = zip(trial.exact.backwardFilter, trial.w.values).map { $0 + Double($1) }
    #expect(rootMeanSquareGap(dw, expected) < Self.doubledBound)
  }

  @Test(arguments: [2, 4], [false, true])
  func `what comes from the output's side may wait for its activation`(
    tile: Int, upsamples: Bool
  ) throws {
    let sizes = geometry(2, 10, 14, 32, 48, upsamples: upsamples)
    let trial = try #require(
      Trial(sizes, tile: tile, pool: ThreadPool(threads: 2), slack: 16, isActive: true))
    var rng = SplitMix(seed: 5)
    let waiting = trial.dy.waiting(
      for: PendingActivation(
        scale: Buffer(rng.floats(48)), shift: Buffer(rng.floats(48)), floor: Buffer(count: 48)))
    let exact = PlainWinograd<Double>(
      sizes: sizes, x: trial.exact.x, w: trial.exact.w, dy: waiting.dense.map(Double.init))
    let scratch = Buffer(
      count: max(
        trial.method.backwardFilterScratch(threads: 2),
        trial.method.backwardInputScratch(threads: 2)))
    let dw = Buffer(count: sizes.filterCount)
    trial.method.backwardFilter(
      waiting, trial.x, into: dw, adds: false, scratch: scratch, pool: trial.pool)
    trial.method.backwardInput(
      waiting, trial.w, into: trial.dx, adds: false, scratch: scratch, pool: trial.pool)
    #expect(rootMeanSquareGap(dw.values, exact.backwardFilter) < Self.doubledBound)
    #expect(rootMeanSquareGap(trial.dx.dense, exact.backwardInput) < Self.doubledBound)
  }

  @Test(arguments: [false, true])
  func `bits depend on the number of threads for the filter's gradient alone`(isDeep: Bool) throws {
    var found: [[[Float]]] = []
    for threads in [1, 2, 2] {
      let trial = try #require(
        Trial(
          geometry(2, 18, 21, 48, 64), tile: 4, pool: ThreadPool(threads: threads),
          tuning: isDeep ? deep : WinogradTuning(), isActive: true))
      found.append([trial.forward(), trial.backwardInput(), trial.backwardFilter()])
    }
    #expect(found[0][0] == found[1][0] && found[0][1] == found[1][1])
    #expect(found[1] == found[2])
  }

  @Test func `a value that is not a number stays visible`() throws {
    let trial = try #require(
      Trial(geometry(1, 8, 8, 16, 16), tile: 4, pool: ThreadPool(threads: 1), isActive: true))
    trial.x.buffer[0] = .nan
    #expect(trial.forward(ConvolutionEpilogue(hasReLU: true))[0].isNaN)
  }

  @Test func `it is for many points, channels by 16 and filters of 3x3`() {
    #expect(WinogradMethod(geometry(1, 3, 3, 16, 16)) == nil)
    #expect(WinogradMethod(geometry(1, 64, 64, 24, 16), tile: 4) == nil)
    #expect(
      WinogradMethod(
        ConvolutionGeometry(
          images: 1, height: 64, width: 64, inputChannels: 16, outputChannels: 16, kernel: 3,
          stride: 2, padding: 1), tile: 4) == nil)
  }
}

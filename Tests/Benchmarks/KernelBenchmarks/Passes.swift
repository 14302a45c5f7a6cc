import Benchmark
import Kernels

/// The passes between convolutions, over a batch of 64 channels at 128x128, and Adam over a million values.
func addPasses() {
  let sizes = (images: 4, side: 128, channels: 64)
  let make = { @Sendable in pixels(sizes.images, sizes.side, sizes.side, sizes.channels) }
  Benchmark("pass, moments of a batch norm") { benchmark in
    let (x, pool) = (make(), ThreadPool(threads: 2))
    let scratch = Buffer(
      count: channelSumsScratch(pixels: x.count, channels: sizes.channels))
    let target = ChannelMomentsTarget(
      about: Buffer(count: sizes.channels), mean: Buffer(count: sizes.channels),
      variance: Buffer(count: sizes.channels))
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { channelMoments(x, target, scratch: scratch, pool: pool) }
  }
  Benchmark("pass, largest of 2x2") { benchmark in
    let (x, pool) = (make(), ThreadPool(threads: 2))
    let y = pixels(sizes.images, sizes.side / 2, sizes.side / 2, sizes.channels)
    let window = PoolWindow(kernel: 2, stride: 2, padding: 0)
    let choices = Buffer(count: PoolWindow.choiceCount(outputs: y.count * sizes.channels))
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      maxPoolForward(x, window, into: y, choices: choices, pool: pool)
    }
  }
  Benchmark("pass, gate") { benchmark in
    let (x, y, pool) = (make(), make(), ThreadPool(threads: 2))
    let gate = noise(x.count)
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { gateForward(gate: gate, x, into: y, pool: pool) }
  }
  Benchmark("pass, Adam over a million values") { benchmark in
    let count = 1 << 20
    let (w, g, m, v) = (noise(count), noise(count), noise(count), Buffer(count: count))
    let pool = ThreadPool(threads: 2)
    benchmark.startMeasurement()
    for step in benchmark.scaledIterations {
      adamKernel(
        w, gradient: g, first: m, second: v, step: step + 1, learningRate: 1e-3, beta1: 0.9,
        beta2: 0.999, epsilon: 1e-8, pool: pool)
    }
  }
}

/// Pictures of noise.
func pixels(_ images: Int, _ height: Int, _ width: Int, _ channels: Int) -> Pixels {
  Pixels(
    noise(images * height * width * channels), images: images, height: height, width: width,
    channels: channels)
}

/// Values in -0.5..<0.5, the same each time; no zeros, no denormal numbers.
func noise(_ count: Int) -> Buffer {
  var state: UInt64 = 0x9E37_79B9_7F4A_7C15
  return Buffer(
    (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 24) - 0.5
    })
}

import Kernels
import TestSupport
import Testing

@Suite struct MaxPoolPassTests {
  private let pool = ThreadPool(threads: 2)

  /// Kernel, stride and padding of the pools that networks have, and of odd ones.
  struct Window: Sendable {
    let kernel: Int
    let stride: Int
    let padding: Int

    static let all = [
      Window(kernel: 2, stride: 2, padding: 0), Window(kernel: 3, stride: 2, padding: 1),
      Window(kernel: 3, stride: 2, padding: 0), Window(kernel: 3, stride: 3, padding: 1),
      Window(kernel: 5, stride: 5, padding: 0), Window(kernel: 4, stride: 1, padding: 2),
    ]
  }

  /// The place of the largest value of every window, as an index into the input.
  private func winners(_ values: [Double], _ sizes: MaxPoolGeometry) -> [Int] {
    var found: [Int] = []
    for image in 0..<sizes.images {
      for place in 0..<sizes.rows * sizes.columns * sizes.channels {
        let c = place % sizes.channels
        let (oy, ox) = (
          place / sizes.channels / sizes.columns, place / sizes.channels % sizes.columns
        )
        var best: Int?
        for tap in 0..<sizes.kernel * sizes.kernel {
          let y = oy * sizes.stride - sizes.padding + tap / sizes.kernel
          let x = ox * sizes.stride - sizes.padding + tap % sizes.kernel
          guard (0..<sizes.height).contains(y), (0..<sizes.width).contains(x) else { continue }
          let index = ((image * sizes.height + y) * sizes.width + x) * sizes.channels + c
          if best.map({ values[index] > values[$0] }) ?? true { best = index }
        }
        found.append(best ?? 0)
      }
    }
    return found
  }

  @Test(arguments: Window.all, Sliced.Kind.all)
  func `a max pool and its way back find the same pixels as a plain search`(
    window: Window, kind: Sliced.Kind
  ) {
    for (height, width, channels) in [
      (5, 5, 1), (7, 6, 16), (6, 9, 65), (17, 33, 16), (8, 8, 48),
    ] {
      var rng = SplitMix(seed: height * width + channels)
      let sizes = MaxPoolGeometry(
        images: 2, height: height, width: width, channels: channels, kernel: window.kernel,
        stride: window.stride, padding: window.padding)
      let x = Sliced(images: 2, height: height, width: width, channels: channels, kind, &rng)
      let y = Sliced(
        images: 2, height: sizes.rows, width: sizes.columns, channels: channels,
        .init(before: 16, after: 1), &rng)
      let choices = Buffer(count: sizes.choiceCount)
      maxPoolForward(x.pixels, sizes: sizes, into: y.pixels, choices: choices, pool: pool)
      let meant = x.meant
      let places = winners(meant, sizes)
      #expect(agree(y.now, places.map { meant[$0] }))
      #expect(y.isUntouchedOutside)

      let dy = Sliced(
        images: 2, height: sizes.rows, width: sizes.columns, channels: channels,
        .init(before: 4), &rng)
      let dx = Sliced(
        images: 2, height: height, width: width, channels: channels, .init(after: 16), &rng)
      var expected = [Double](repeating: 0, count: meant.count)
      for (index, place) in places.enumerated() { expected[place] += dy.stored[index] }
      maxPoolBackward(
        dy: dy.pixels, choices: choices, sizes: sizes, into: dx.pixels, adds: false, pool: pool)
      #expect(agree(dx.now, expected))
      maxPoolBackward(
        dy: dy.pixels, choices: choices, sizes: sizes, into: dx.pixels, adds: true, pool: pool)
      #expect(agree(dx.now, expected.map { 2 * $0 }))
      #expect(dx.isUntouchedOutside)
    }
  }

  @Test(arguments: [1, 16])
  func `the first of equal values wins a pool and a NaN wins over all of them`(channels: Int) {
    let sizes = MaxPoolGeometry(
      images: 1, height: 2, width: 4, channels: channels, kernel: 2, stride: 2, padding: 0)
    let x = [3, 3, 1, .nan, 3, 3, 5, 2].flatMap { [Float](repeating: $0, count: channels) }
    let y = Buffer(count: 2 * channels)
    let choices = Buffer(count: sizes.choiceCount)
    maxPoolForward(
      Pixels(Buffer(x), images: 1, height: 2, width: 4, channels: channels), sizes: sizes,
      into: Pixels(y, images: 1, height: 1, width: 2, channels: channels), choices: choices,
      pool: pool)
    #expect(y[0] == 3)
    #expect(y[channels].isNaN)
    let dx = Buffer(count: 8 * channels)
    maxPoolBackward(
      dy: Pixels(
        Buffer([Float](repeating: 1, count: 2 * channels)), images: 1, height: 1, width: 2,
        channels: channels),
      choices: choices, sizes: sizes,
      into: Pixels(dx, images: 1, height: 2, width: 4, channels: channels), adds: false, pool: pool)
    #expect((0..<8).map { dx[$0 * channels] } == [1, 0, 0, 1, 0, 0, 0, 0])
  }
}

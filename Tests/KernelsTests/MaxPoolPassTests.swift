import Kernels
import TestSupport
import Testing

@Suite struct MaxPoolPassTests {
  private let pool = ThreadPool(threads: 2)

  /// The windows of the pools that networks have, and of odd ones.
  static let windows = [
    PoolWindow(kernel: 2, stride: 2, padding: 0), PoolWindow(kernel: 3, stride: 2, padding: 1),
    PoolWindow(kernel: 3, stride: 2, padding: 0), PoolWindow(kernel: 3, stride: 3, padding: 1),
    PoolWindow(kernel: 5, stride: 5, padding: 0), PoolWindow(kernel: 4, stride: 1, padding: 2),
  ]

  /// The place of the largest value of every window, as an index into the input.
  private func winners(_ values: [Double], _ window: PoolWindow, of x: Pixels) -> [Int] {
    let (rows, columns) = window.output(height: x.height, width: x.width)
    let (height, width, channels) = (x.height, x.width, x.channels)
    var found: [Int] = []
    for image in 0..<x.images {
      for place in 0..<rows * columns * channels {
        let c = place % channels
        let (oy, ox) = (place / channels / columns, place / channels % columns)
        var best: Int?
        for tap in 0..<window.kernel * window.kernel {
          let y = oy * window.stride - window.padding + tap / window.kernel
          let x = ox * window.stride - window.padding + tap % window.kernel
          guard (0..<height).contains(y), (0..<width).contains(x) else { continue }
          let index = ((image * height + y) * width + x) * channels + c
          if best.map({ values[index] > values[$0] }) ?? true { best = index }
        }
        found.append(best ?? 0)
      }
    }
    return found
  }

  @Test(arguments: windows, Sliced.Kind.all)
  func `a max pool and its way back find the same pixels as a plain search`(
    window: PoolWindow, kind: Sliced.Kind
  ) {
    for (height, width, channels) in [
      (5, 5, 1), (7, 6, 16), (6, 9, 65), (17, 33, 16), (8, 8, 48),
    ] {
      var rng = SplitMix(seed: height * width + channels)
      let (rows, columns) = window.output(height: height, width: width)
      let x = Sliced(images: 2, height: height, width: width, channels: channels, kind, &rng)
      let y = Sliced(
        images: 2, height: rows, width: columns, channels: channels,
        .init(before: 16, after: 1), &rng)
      let choices = Buffer(
        count: PoolWindow.choiceCount(outputs: 2 * rows * columns * channels))
      maxPoolForward(x.pixels, window, into: y.pixels, choices: choices, pool: pool)
      let meant = x.meant
      let places = winners(meant, window, of: x.pixels)
      #expect(agree(y.now, places.map { meant[$0] }))
      #expect(y.isUntouchedOutside)

      let dy = Sliced(
        images: 2, height: rows, width: columns, channels: channels,
        .init(before: 4), &rng)
      let dx = Sliced(
        images: 2, height: height, width: width, channels: channels, .init(after: 16), &rng)
      var expected = [Double](repeating: 0, count: meant.count)
      for (index, place) in places.enumerated() { expected[place] += dy.stored[index] }
      maxPoolBackward(
        dy: dy.pixels, choices: choices, window, into: dx.pixels, adds: false, pool: pool)
      #expect(agree(dx.now, expected))
      maxPoolBackward(
        dy: dy.pixels, choices: choices, window, into: dx.pixels, adds: true, pool: pool)
      #expect(agree(dx.now, expected.map { 2 * $0 }))
      #expect(dx.isUntouchedOutside)
    }
  }

  @Test(arguments: [1, 16])
  func `the first of equal values wins a pool and a NaN wins over all of them`(channels: Int) {
    let window = PoolWindow(kernel: 2, stride: 2, padding: 0)
    let x = [3, 3, 1, .nan, 3, 3, 5, 2].flatMap { [Float](repeating: $0, count: channels) }
    let y = Buffer(count: 2 * channels)
    let choices = Buffer(count: PoolWindow.choiceCount(outputs: 2 * channels))
    maxPoolForward(
      Pixels(Buffer(x), images: 1, height: 2, width: 4, channels: channels), window,
      into: Pixels(y, images: 1, height: 1, width: 2, channels: channels), choices: choices,
      pool: pool)
    #expect(y[0] == 3)
    #expect(y[channels].isNaN)
    let dx = Buffer(count: 8 * channels)
    maxPoolBackward(
      dy: Pixels(
        Buffer([Float](repeating: 1, count: 2 * channels)), images: 1, height: 1, width: 2,
        channels: channels),
      choices: choices, window,
      into: Pixels(dx, images: 1, height: 2, width: 4, channels: channels), adds: false, pool: pool)
    #expect((0..<8).map { dx[$0 * channels] } == [1, 0, 0, 1, 0, 0, 0, 0])
  }
}

import Kernels
import TestSupport
import Testing

@Suite struct ResizeBilinearTests {
  private let pool = ThreadPool(threads: 2)

  @Test func `a slope stays a slope between the outermost centres`() {
    let x = Pixels(Buffer([0, 1, 2, 3]), images: 1, height: 1, width: 4, channels: 1)
    let y = Buffer(count: 16)
    resizeForward(
      x, into: Pixels(y, images: 1, height: 2, width: 8, channels: 1), pool: pool)
    let row: [Float] = [0, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3]
    #expect(y.values == row + row)
  }

  @Test(arguments: [(5, 7, 8, 3), (1, 1, 5, 7), (6, 6, 6, 6), (3, 2, 6, 5)])
  func `the way back is the adjoint of the way forward, slices and sums included`(
    height: Int, width: Int, rows: Int, columns: Int
  ) {
    var rng = SplitMix(seed: height * columns)
    let x = Sliced(
      images: 2, height: height, width: width, channels: 3, .init(before: 1, after: 2), &rng)
    let y = Sliced(
      images: 2, height: rows, width: columns, channels: 3, .init(before: 2), &rng)
    let dy = Sliced(
      images: 2, height: rows, width: columns, channels: 3, .init(after: 1), &rng)
    let dx = Sliced(
      images: 2, height: height, width: width, channels: 3, .init(before: 4), &rng)
    resizeForward(x.pixels, into: y.pixels, pool: pool)
    #expect(y.isUntouchedOutside)
    let forward = zip(y.now, dy.stored).map { $0 * $1 }.reduce(0, +)
    resizeBackward(dy.pixels, into: dx.pixels, adds: false, pool: pool)
    #expect(dx.isUntouchedOutside)
    let first = dx.now
    #expect(abs(zip(first, x.stored).map { $0 * $1 }.reduce(0, +) - forward) < 1e-4)
    resizeBackward(dy.pixels, into: dx.pixels, adds: true, pool: pool)
    #expect(agree(dx.now, first.map { 2 * $0 }))
  }
}

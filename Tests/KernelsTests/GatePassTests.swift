import Kernels
import TestSupport
import Testing

@Suite struct GatePassTests {
  private let pool = ThreadPool(threads: 2)

  @Test(arguments: [1, 3, 16, 65], Sliced.Kind.all)
  func `a gate multiplies every pixel by its factor`(channels: Int, kind: Sliced.Kind) {
    for count in [1, 7, 1001] {
      var rng = SplitMix(seed: channels + count)
      let x = Sliced(width: count, channels: channels, kind, &rng)
      let y = Sliced(width: count, channels: channels, .init(before: 32), &rng)
      let gate = Buffer(rng.floats(count))
      gateForward(gate: gate, x.pixels, into: y.pixels, pool: pool)
      let expected = x.meant.enumerated().map { $1 * Double(gate[$0 / channels]) }
      #expect(agree(y.now, expected))
      #expect(y.isUntouchedOutside)
    }
  }

  @Test(arguments: [1, 3, 16, 65], Sliced.Kind.all)
  func `a gate's way back gives both gradients`(channels: Int, kind: Sliced.Kind) {
    for (count, adds) in [(1, false), (7, true), (1001, false), (1001, true)] {
      var rng = SplitMix(seed: channels + count)
      let x = Sliced(width: count, channels: channels, kind, &rng)
      let dy = Sliced(width: count, channels: channels, .init(after: 16), &rng)
      let dx = Sliced(width: count, channels: channels, .init(before: 2), &rng)
      let (gate, dgate) = (Buffer(rng.floats(count)), Buffer(rng.floats(count)))
      let (meant, before) = (x.meant, dgate.values)
      let products = (0..<count).map { p in
        (0..<channels).reduce(adds ? Double(before[p]) : 0) {
          $0 + meant[p * channels + $1] * dy.stored[p * channels + $1]
        }
      }
      let expected = dy.stored.enumerated().map {
        $1 * Double(gate[$0 / channels]) + (adds ? dx.stored[$0] : 0)
      }
      gateBackward(
        dy: dy.pixels, gate: gate, x: x.pixels, dgate: dgate, dgateAdds: adds, dx: dx.pixels,
        dxAdds: adds, pool: pool)
      #expect(agree(dx.now, expected))
      #expect(agree(dgate.values.map(Double.init), products, within: 2e-6))
      #expect(dx.isUntouchedOutside)
    }
  }

  @Test func `a gate's gradient may take the place of the one it came from`() {
    var rng = SplitMix(seed: 4)
    let x = Sliced(width: 9, channels: 16, .init(), &rng)
    let dy = Sliced(width: 9, channels: 16, .init(before: 1), &rng)
    let (gate, dgate) = (Buffer(rng.floats(9)), Buffer(count: 9))
    gateBackward(
      dy: dy.pixels, gate: gate, x: x.pixels, dgate: dgate, dgateAdds: false, dx: dy.pixels,
      dxAdds: false, pool: pool)
    #expect(agree(dy.now, dy.stored.enumerated().map { $1 * Double(gate[$0 / 16]) }))
  }
}

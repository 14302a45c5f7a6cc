import TestSupport
import Testing

@testable import Autograd

@Suite struct ArenaTests {
  /// The most that is alive at one step, each region rounded up as the arena does.
  private func peak(_ regions: [Region]) -> Int {
    let steps = Set(regions.map(\.first))
    return steps.map { step in
      regions.filter { $0.first <= step && step <= $0.last }
        .reduce(0) { $0 + ($1.floats + Arena.grain - 1) / Arena.grain * Arena.grain }
    }.max() ?? 0
  }

  private func region(_ floats: Int, _ steps: ClosedRange<Int>) -> Region {
    var region = Region(floats: floats, at: steps.lowerBound)
    region.touch(steps.upperBound)
    return region
  }

  private func expectApart(_ regions: [Region], in floats: Int, _ comment: Comment) {
    for (index, a) in regions.enumerated() where a.floats > 0 {
      #expect(a.start >= 0 && a.start + a.floats <= floats, comment)
      for b in regions[..<index] where b.floats > 0 && a.isAliveWith(b) {
        #expect(a.start + a.floats <= b.start || b.start + b.floats <= a.start, comment)
      }
    }
  }

  @Test(arguments: 0..<40) func `regions that are alive at once never overlap`(seed: Int) {
    var rng = SplitMix(seed: seed)
    let steps = Int.random(in: 1...60, using: &rng)
    var regions = (0..<Int.random(in: 1...120, using: &rng)).map { _ in
      let first = Int.random(in: 0...steps, using: &rng)
      return region(
        Bool.random(using: &rng) ? Int.random(in: 0...300, using: &rng) : 1 << (seed % 16),
        first...Int.random(in: first...steps, using: &rng))
    }
    let floats = Arena.place(&regions)
    expectApart(regions, in: floats, "seed \(seed)")
    #expect(floats >= peak(regions))
    #expect(regions.allSatisfy { $0.start.isMultiple(of: Arena.grain) })
  }

  @Test func `a chain takes two places in turns`() {
    var regions = (0..<50).map { region(640, $0...$0 + 1) }
    #expect(Arena.place(&regions) == 2 * 640)
  }

  @Test func `a pass there and back takes what is alive at its turn`() {
    // What a network keeps for its way back, larger where pictures are, and gradients on the way.
    let steps = 40
    for sizes in [{ _ in 6400 }, { 64 * (100 - 2 * $0) }, { $0 % 3 == 0 ? 12800 : 1600 }] {
      var regions = (0..<steps).map { region(sizes($0), $0...(2 * steps - 1 - $0)) }
      regions += (0..<steps).map { step in
        region(sizes(step), max(steps, 2 * steps - 2 - step)...(2 * steps - 1 - step))
      }
      let floats = Arena.place(&regions)
      expectApart(regions, in: floats, "there and back")
      #expect(Double(floats) <= 1.05 * Double(peak(regions)), "\(floats), \(peak(regions))")
    }
  }

  @Test func `nothing takes no memory`() {
    var regions = [region(0, 0...5), region(0, 2...3)]
    #expect(Arena.place(&regions) == 0)
  }
}

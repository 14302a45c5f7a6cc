import Basics
import Foundation
import Testing

struct SeededGeneratorTests {
  @Test func `seed 42 gives the published sequence of xoshiro256**`() {
    var rng = SeededGenerator(seed: 42)
    let drawn = (0..<4).map { _ in rng.next() }
    #expect(
      drawn == [
        0x1578_0b2e_0c2e_c716, 0x6104_d986_6d11_3a7e, 0xae17_5332_39e4_99a1,
        0xecb8_ad47_03b3_60a1,
      ])
  }

  @Test func `a generator read back from JSON goes on with the same numbers`() throws {
    for seed in UInt64(0)..<50 {
      var rng = SeededGenerator(seed: seed)
      for _ in 0..<seed { _ = rng.next() }
      var copy = try JSONDecoder().decode(
        SeededGenerator.self, from: JSONEncoder().encode(rng))
      #expect(copy == rng, "seed \(seed)")
      #expect(copy.next() == rng.next(), "seed \(seed)")
    }
  }

  @Test func `streams of one seed differ`() {
    let firsts = (0..<100).map { stream in
      var rng = SeededGenerator(seed: 7, stream: UInt64(stream))
      return rng.next()
    }
    #expect(Set(firsts).count == 100)
  }

  @Test func `uniform numbers stay in their range and have its mean`() {
    var rng = SeededGenerator(seed: 1)
    let drawn = (0..<20_000).map { _ in rng.uniform(-3..<5) }
    #expect(drawn.allSatisfy { (-3..<5).contains($0) })
    #expect(abs(drawn.reduce(0, +) / 20_000 - 1) < 0.08)
  }

  @Test func `normal numbers have mean 0 and deviation 1`() {
    var rng = SeededGenerator(seed: 2)
    let drawn = (0..<20_000).map { _ in rng.normal() }
    let mean = drawn.reduce(0, +) / 20_000
    let variance = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
    #expect(abs(mean) < 0.04)
    #expect(abs(variance - 1) < 0.06)
  }

  @Test(arguments: [1, 2, 3, 17]) func `a shuffle keeps the elements`(count: Int) {
    for seed in UInt64(0)..<20 {
      var rng = SeededGenerator(seed: seed)
      #expect(rng.shuffled(0..<count).sorted() == Array(0..<count), "seed \(seed)")
    }
  }

  @Test func `every order of three is about equally likely`() {
    var rng = SeededGenerator(seed: 3)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 { counts[rng.shuffled([0, 1, 2]), default: 0] += 1 }
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { (850...1150).contains($0) })
  }
}

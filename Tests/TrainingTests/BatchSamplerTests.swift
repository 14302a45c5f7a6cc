import Basics
import Imaging
import Recipes
import Testing

@testable import Training

struct BatchSamplerTests {
  @Test(arguments: [(35, 4), (9, 4), (8, 4), (1, 4), (2, 4), (5, 1), (4, 3)])
  func `an epoch shows every image once, but for the filling of a last single one`(
    count: Int, batch: Int
  ) {
    var generator = SeededGenerator(seed: 9)
    var sampler = BatchSampler(count: count, batch: batch)
    #expect(sampler.isEpochDone)
    sampler.startEpoch(using: &generator)
    var batches: [[Int]] = []
    while !sampler.isEpochDone { batches.append(sampler.next()) }

    #expect(batches.count == sampler.stepsPerEpoch)
    let plain = batches.enumerated().flatMap { index, indices in
      indices.prefix(min(batch, count - index * batch))
    }
    #expect(plain == sampler.order)
    #expect(plain.sorted() == Array(0..<count))
  }

  @Test func `a last single image is filled up from the start of the order`() {
    var generator = SeededGenerator(seed: 1)
    var sampler = BatchSampler(count: 9, batch: 4)
    sampler.startEpoch(using: &generator)
    _ = sampler.next()
    _ = sampler.next()
    #expect(sampler.next() == [sampler.order[8]] + sampler.order[0..<3])
  }

  @Test func `with fewer images than a batch nothing is shown twice`() {
    var generator = SeededGenerator(seed: 1)
    var single = BatchSampler(count: 1, batch: 4)
    single.startEpoch(using: &generator)
    #expect(single.next() == [0])
    var pair = BatchSampler(count: 2, batch: 4)
    pair.startEpoch(using: &generator)
    #expect(pair.next().sorted() == [0, 1])
  }

  @Test func `epochs are in different orders, and the seed decides which`() {
    var generator = SeededGenerator(seed: 4)
    var sampler = BatchSampler(count: 20, batch: 4)
    sampler.startEpoch(using: &generator)
    let first = sampler.order
    sampler.startEpoch(using: &generator)
    #expect(sampler.order != first)

    var again = SeededGenerator(seed: 4)
    var other = BatchSampler(count: 20, batch: 4)
    other.startEpoch(using: &again)
    #expect(other.order == first)
  }
}

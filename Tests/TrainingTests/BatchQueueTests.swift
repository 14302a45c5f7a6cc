import Foundation
import Imaging
import Project
import Recipes
import Testing

@testable import Training

struct BatchQueueTests {
  private let settings = ToyLoop.settings()

  private static func images(
    _ seed: UInt64, _ purpose: SimulatedImages.Purpose
  ) -> SimulatedImages {
    var recipe = Recipe()
    recipe.seed = seed
    return SimulatedImages(recipe, for: purpose)
  }

  @Test func `no image comes twice, and none of training is validated on`() {
    let training = Self.images(9, .training)
    let validation = Self.images(9, .validation)
    let seeds = (0..<10_000).flatMap { [training.seed(of: $0), validation.seed(of: $0)] }
    #expect(Set(seeds).count == seeds.count)
    #expect(seeds.contains(Self.images(10, .training).seed(of: 0)) == false)
    #expect(training.crop(0, side: 16) != training.crop(2, side: 16))
    #expect(training.crop(3, side: 16) == training.crop(3, side: 16))
  }

  @Test func `the steps take one image after the other, in every size, about as many pixels each`()
  {
    var settings = PretrainingSettings()
    settings.steps = 300
    var steps = SimulatedBatches(settings)
    var next = 0
    var counts: [Int: Int] = [:]
    while let step = steps.next() {
      #expect(step.numbers.lowerBound == next)
      next = step.numbers.upperBound
      #expect(step.numbers.count == [128: 8, 192: 4, 256: 2][step.side])
      counts[step.side, default: 0] += 1
    }
    #expect(counts.values.reduce(0, +) == 300)
    #expect(counts.count == 3 && counts.values.allSatisfy { $0 > 70 })
  }

  @Test func `going on in the middle gives the same steps`() {
    var whole = SimulatedBatches(settings)
    for _ in 0..<7 { _ = whole.next() }
    var rest = SimulatedBatches(settings)
    rest.skip(7)
    while let step = whole.next() { #expect(rest.next() == step) }
    #expect(rest.next() == nil)
  }

  @Test(arguments: [1, 3])
  func `batches come in order, whatever the threads and however they are taken`(
    threads: Int
  ) {
    let queue = BatchQueue(SimulatedBatches(settings), threads: threads, ahead: 3)
    defer { queue.close() }
    var steps = SimulatedBatches(settings)
    var index = 0
    while let step = steps.next() {
      defer { index += 1 }
      if index % 5 == 2 { Thread.sleep(forTimeInterval: 0.02) }
      let (batch, meant) = (queue.next(), steps.make(step))
      #expect(batch.images == meant.images)
      #expect(batch.targets == meant.targets)
    }
  }

  @Test func `a queue makes no more than it may keep`() {
    let queue = BatchQueue(SimulatedBatches(settings), threads: 2, ahead: 4)
    defer { queue.close() }
    Thread.sleep(forTimeInterval: 0.5)
    #expect(queue.waiting <= 4)
    _ = queue.next()
    #expect(queue.waiting <= 4)
  }
}

import Basics
import Imaging

/// Which training images come together in a step: all of them once an epoch, in a new random order.
struct BatchSampler: Equatable, Sendable {
  /// Training images.
  let count: Int
  /// Images in a step.
  let batch: Int
  /// The order of the epoch in hand.
  private(set) var order: [Int]
  /// How many of `order` are done.
  private(set) var position: Int

  /// Makes a sampler that stands behind an epoch's end.
  ///
  /// - Precondition: both are at least 1.
  init(count: Int, batch: Int) {
    precondition(count > 0 && batch > 0, "batches of \(batch) from \(count) images")
    self.count = count
    self.batch = batch
    order = Array(0..<count)
    position = count
  }

  /// Steps in an epoch.
  var stepsPerEpoch: Int { (count + batch - 1) / batch }

  /// Whether no batch of the epoch in hand is left.
  var isEpochDone: Bool { position >= count }

  /// Shuffles for a new epoch.
  mutating func startEpoch(using generator: inout SeededGenerator) {
    order = generator.shuffled(0..<count)
    position = 0
  }

  /// The images of the next step; none at the epoch's end.
  ///
  /// A last batch of one image is filled up from the start of the order: batch norm over a single
  /// image is poor.
  mutating func next() -> [Int] {
    let end = min(position + batch, count)
    let chunk = Array(order[position..<end])
    position = end
    guard chunk.count == 1 else { return chunk }
    return Array((chunk + order).prefix(min(batch, count)))
  }
}

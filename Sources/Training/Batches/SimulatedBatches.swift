import Basics
import Imaging
import Project
import Recipes

/// Which simulated images each step of a pretraining has: all of one side, which the seed draws.
struct SimulatedBatches: BatchSource {
  /// A step's images: so many from a number on.
  struct Order: Equatable, Sendable {
    /// Steps before it.
    var index: Int
    /// Pixels in a row of each image.
    var side: Int
    /// The images' numbers.
    var numbers: Range<Int>
  }

  static let ahead = 8

  private let settings: PretrainingSettings
  private let images: SimulatedImages
  private var index = 0
  private var seen = 0

  /// Stands before the first step.
  init(_ settings: PretrainingSettings) {
    self.settings = settings
    images = SimulatedImages(seed: settings.recipe.seed, for: .training)
  }

  /// The next step; none after the last.
  mutating func next() -> Order? {
    guard index < settings.steps else { return nil }
    var generator = SeededGenerator(
      seed: settings.recipe.seed, stream: 0x7369_7a65_0000_0000 + UInt64(index))
    let side = settings.sizes[generator.index(below: settings.sizes.count)]
    let order = Order(index: index, side: side, numbers: seen..<seen + settings.count(at: side))
    index += 1
    seen = order.numbers.upperBound
    return order
  }

  /// Makes the images of a step.
  func make(_ order: Order) -> Batch {
    Batch(order.numbers.map { images.crop($0, side: order.side) })
  }
}

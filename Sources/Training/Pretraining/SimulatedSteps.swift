import Basics
import Imaging
import Project
import Recipes

/// Which simulated images each step of a pretraining has: all of one side, which the seed draws.
struct SimulatedSteps: BatchSource {
  /// A step's images: so many from a number on.
  struct Step: Equatable, Sendable {
    /// Steps before it.
    var index: Int
    /// Pixels in a row of each image.
    var side: Int
    /// The images' numbers.
    var numbers: Range<Int>
  }

  private let settings: PretrainingSettings
  private let images: SimulatedImages
  private var index: Int
  private var seen: Int

  /// Goes on after so many steps and images.
  init(_ settings: PretrainingSettings, from index: Int = 0, seen: Int = 0) {
    self.settings = settings
    self.index = index
    self.seen = seen
    images = SimulatedImages(seed: settings.recipe.seed, for: .training)
  }

  /// The next step; none after the last.
  mutating func next() -> Step? {
    guard index < settings.steps else { return nil }
    var generator = SeededGenerator(
      seed: settings.recipe.seed, stream: 0x7369_7a65_0000_0000 + UInt64(index))
    let side = settings.sizes[generator.index(below: settings.sizes.count)]
    let step = Step(index: index, side: side, numbers: seen..<seen + settings.count(at: side))
    index += 1
    seen = step.numbers.upperBound
    return step
  }

  /// Makes the images of a step.
  func make(_ step: Step) -> Batch {
    Batch(step.numbers.map { images.crop($0, side: step.side) })
  }
}

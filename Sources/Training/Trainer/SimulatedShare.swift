import Project
import Recipes

/// The simulated images that are mixed into the labelled ones: as many in each step, all of one side.
struct SimulatedShare: BatchSource {
  private let images: SimulatedImages
  private let count: Int
  private let side: Int
  private var step: Int

  /// Goes on after so many steps of a run.
  init(_ recipe: Recipe, after steps: Int) {
    images = SimulatedImages(seed: recipe.seed, for: .training)
    count = recipe.simulatedPerStep
    side = recipe.size
    step = steps
  }

  /// The numbers of a step's images; there is no last.
  mutating func next() -> Range<Int>? {
    defer { step += 1 }
    return step * count..<(step + 1) * count
  }

  /// The images of a step.
  func make(_ numbers: Range<Int>) -> [Crop] { numbers.map { images.crop($0, side: side) } }
}

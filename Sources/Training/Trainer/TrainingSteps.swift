import Basics
import Imaging
import Project
import Recipes

/// The images of a run's steps: labelled ones, augmented, and the recipe's share of simulated ones.
///
/// How an image is changed follows from the seed, the pass over the images and its number among them alone.
struct TrainingSteps: BatchSource {
  /// What one step has, and where the run stands then.
  struct Order: Equatable, Sendable {
    /// Passes over the labelled images before it.
    let pass: Int
    /// The labelled images' numbers.
    let images: [Int]
    /// Whether an image of a step has been in an earlier step of the pass, as those that fill it up.
    let repeats: [Bool]
    /// The simulated images' numbers.
    let simulated: Range<Int>
    /// The order of the images after it.
    let sampler: BatchSampler
    /// What the next orders are drawn from after it.
    let generator: SeededGenerator
  }

  /// The images of a step.
  struct Made: Sendable {
    /// The images and their masks.
    let crops: [Crop]
    /// The order that they were made by.
    let order: Order
  }

  private let recipe: Recipe
  private let training: [Crop]
  private var step: Int
  private var sampler: BatchSampler
  private var generator: SeededGenerator
  private var simulated: SimulatedShare

  /// Goes on from where a run stands.
  init(_ recipe: Recipe, training: [Crop], after state: TrainerState) {
    self.recipe = recipe
    self.training = training
    step = state.step
    sampler = state.sampler
    generator = state.generator
    simulated = SimulatedShare(recipe, after: state.step)
  }

  /// The next step; there is no last.
  mutating func next() -> Order? {
    let pass = step / sampler.stepsPerEpoch
    if sampler.isEpochDone { sampler.startEpoch(using: &generator) }
    let first = sampler.position
    let images = sampler.next()
    step += 1
    return Order(
      pass: pass, images: images, repeats: images.indices.map { first + $0 >= sampler.count },
      simulated: simulated.next() ?? 0..<0, sampler: sampler, generator: generator)
  }

  /// Makes the images of a step.
  func make(_ order: Order) -> Made {
    let labelled = zip(order.images, order.repeats).map { image, isRepeated in
      Self.augmentation(of: image, isRepeated: isRepeated, pass: order.pass, recipe)
        .applied(to: training[image])
    }
    return Made(crops: labelled + simulated.make(order.simulated), order: order)
  }

  /// How a pass over the images changes one of them.
  static func augmentation(
    of image: Int, isRepeated: Bool = false, pass: Int, _ recipe: Recipe
  ) -> Augmentation {
    var passes = SeededGenerator(seed: recipe.seed, stream: 0x6175_676d_0000_0000 + UInt64(pass))
    var generator = SeededGenerator(
      seed: passes.next(), stream: 2 * UInt64(image) + (isRepeated ? 1 : 0))
    return Augmentation(recipe.augmentation, using: &generator)
  }
}

import Basics
import Recipes

/// The images of a training's steps: labelled ones, augmented, and the recipe's share of simulated ones.
///
/// How an image is changed, and where a patch is cut out of it, follows from the seed, the pass over the images and its number among them alone.
struct LabelledBatches: BatchSource {
  struct Order: Equatable, Sendable {
    /// Passes over the labelled images before it.
    let pass: Int
    /// The labelled images' numbers.
    let images: [Int]
    /// Whether an image of a step has been in an earlier step of the pass, as those that fill it up.
    let repeats: [Bool]
    /// The simulated images' numbers: no image comes twice.
    let simulated: Range<Int>
  }

  static let ahead = 3

  private let recipe: Recipe
  private let training: [Crop]
  private let simulated: SimulatedImages
  private var step = 0
  private var sampler: BatchSampler
  private var generator: SeededGenerator

  /// Stands before the first step; the generator shuffles the images of every pass.
  ///
  /// - Precondition: there is at least one crop.
  init(_ recipe: Recipe, training: [Crop], using generator: SeededGenerator) {
    self.recipe = recipe
    self.training = training
    self.generator = generator
    sampler = BatchSampler(count: training.count, batch: recipe.labelledPerStep)
    simulated = SimulatedImages(recipe, for: .training)
  }

  /// The next step; there is no last.
  mutating func next() -> Order? {
    let pass = step / sampler.stepsPerEpoch
    if sampler.isEpochDone { sampler.startEpoch(using: &generator) }
    let first = sampler.position
    let images = sampler.next()
    let count = recipe.simulatedPerStep
    defer { step += 1 }
    return Order(
      pass: pass, images: images, repeats: images.indices.map { first + $0 >= sampler.count },
      simulated: step * count..<(step + 1) * count)
  }

  func make(_ order: Order) -> Batch {
    let labelled = zip(order.images, order.repeats).map { image, isRepeated in
      Self.seen(training[image], number: image, isRepeated: isRepeated, pass: order.pass, recipe)
    }
    return Batch(labelled + order.simulated.map { simulated.crop($0, side: recipe.stepSide) })
  }

  /// The square that a pass over the images sees of one of them, changed.
  static func seen(
    _ crop: Crop, number: Int, isRepeated: Bool = false, pass: Int, _ recipe: Recipe
  ) -> Crop {
    var passes = SeededGenerator(seed: recipe.seed, stream: 0x6175_676d_0000_0000 + UInt64(pass))
    var generator = SeededGenerator(
      seed: passes.next(), stream: 2 * UInt64(number) + (isRepeated ? 1 : 0))
    let augmentation = Augmentation(recipe.augmentation, using: &generator)
    // Drawn last, so that a recipe without patches changes its images as it always did.
    return augmentation.applied(
      to: Patch(side: recipe.stepSide, in: crop, using: &generator), of: crop)
  }
}

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
    (self.count, self.batch) = (count, batch)
    order = Array(0..<count)
    position = count
  }

  var stepsPerEpoch: Int { (count + batch - 1) / batch }

  var isEpochDone: Bool { position >= count }

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

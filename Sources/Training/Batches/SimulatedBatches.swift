import Basics
import Imaging
import Recipes

/// Which simulated images each step of a pretraining has: all of one side, which the seed draws.
struct SimulatedBatches: BatchSource {
  /// A step's images: so many from a number on.
  struct Order: Equatable, Sendable {
    let side: Int
    let numbers: Range<Int>
  }

  static let ahead = 8

  private let settings: PretrainingSettings
  private let images: SimulatedImages
  private var index = 0
  private var seen = 0

  init(_ settings: PretrainingSettings) {
    self.settings = settings
    images = SimulatedImages(settings.recipe, for: .training)
  }

  mutating func next() -> Order? {
    guard index < settings.steps else { return nil }
    var generator = SeededGenerator(
      seed: settings.recipe.seed, stream: 0x7369_7a65_0000_0000 + UInt64(index))
    let side = settings.sizes[generator.index(below: settings.sizes.count)]
    let order = Order(side: side, numbers: seen..<seen + settings.count(at: side))
    index += 1
    seen = order.numbers.upperBound
    return order
  }

  func make(_ order: Order) -> Batch {
    Batch(order.numbers.map { images.crop($0, side: order.side) })
  }
}

/// An endless sequence of simulated images, of which no two are the same.
///
/// An image depends on the seed, the purpose and its number alone. Images for training have even seeds
/// and those for validation odd ones, so that nothing is ever in both.
struct SimulatedImages: Sendable {
  enum Purpose: UInt64, Sendable {
    case training = 0
    case validation = 1
  }

  private let first: UInt64
  private let hasCores: Bool
  private let keepsCells: Bool
  private let simulator: Simulator

  init(_ recipe: Recipe, for purpose: Purpose) {
    var generator = SeededGenerator(seed: recipe.seed, stream: 0x7072_6574)
    first = generator.next() << 1 | purpose.rawValue
    hasCores = recipe.objects == .core
    keepsCells = purpose == .validation
    simulator = Simulator(hasCores ? .crowded : SimulationSettings())
  }

  /// The simulator's seed of an image: another one for each number.
  func seed(of number: Int) -> UInt64 { first &+ UInt64(number) << 1 }

  /// The image of a number from 0, as a network is trained on it; every other one has 8 bits.
  func crop(_ number: Int, side: Int) -> Crop {
    let (image, cells) = simulator.picture(
      seed: seed(of: number), size: side, bitDepth: number.isMultiple(of: 2) ? 8 : 16)
    return Crop(
      of: image, mask: cells.mask, cells: hasCores ? cells : nil, side: side,
      keepsCells: keepsCells)
  }
}

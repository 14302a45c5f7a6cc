import Basics
import Imaging

/// An endless sequence of simulated images, of which no two are the same.
///
/// An image depends on the seed, the purpose and its number alone. Images for training have even seeds
/// and those for validation odd ones, so that nothing is ever in both.
struct SimulatedImages: Sendable {
  /// What images are for.
  enum Purpose: UInt64, Sendable {
    /// To learn from.
    case training = 0
    /// To measure on.
    case validation = 1
  }

  private let first: UInt64
  private let simulator: Simulator

  /// Names a sequence.
  init(seed: UInt64, for purpose: Purpose, settings: SimulationSettings = SimulationSettings()) {
    var generator = SeededGenerator(seed: seed, stream: 0x7072_6574)
    first = generator.next() << 1 | purpose.rawValue
    simulator = Simulator(settings)
  }

  /// The simulator's seed of an image: another one for each number.
  func seed(of number: Int) -> UInt64 { first &+ UInt64(number) << 1 }

  /// The image of a number from 0, as a network is trained on it; every other one has 8 bits.
  func crop(_ number: Int, side: Int) -> Crop {
    let (image, mask) = simulator.image(
      seed: seed(of: number), size: side, bitDepth: number.isMultiple(of: 2) ? 8 : 16)
    return Crop(of: image, mask: mask, side: side)
  }
}

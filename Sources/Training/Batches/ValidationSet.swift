import Project
import Recipes

/// Labelled images that a pretraining is measured on and never learns from.
public struct ValidationSet: Equatable, Sendable {
  /// The side at which real images are looked at.
  public static let size = 256

  /// Its column in the table.
  public let name: String
  let crops: [Crop]
  /// How many images it has.
  public var count: Int { crops.count }

  init(name: String, crops: [Crop]) {
    self.name = name
    self.crops = crops
  }

  /// Cuts the squares of labelled images.
  public init(name: String, samples: [Sample]) {
    self.init(
      name: name, crops: samples.map { Crop(of: $0.image, mask: $0.mask, side: Self.size) })
  }

  /// Simulated images of every side in turn, from a sequence of their own.
  static func simulated(_ settings: PretrainingSettings, count: Int = 64) -> ValidationSet {
    let images = SimulatedImages(seed: settings.recipe.seed, for: .validation)
    return ValidationSet(
      name: "simulated",
      crops: (0..<count).map { images.crop($0, side: settings.sizes[$0 % settings.sizes.count]) })
  }
}

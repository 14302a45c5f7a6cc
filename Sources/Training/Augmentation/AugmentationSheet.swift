public import Imaging
import Project
public import Recipes

/// Draws what an augmentation makes of labelled images, so that it can be looked at before a run.
public struct AugmentationSheet: Equatable, Sendable {
  /// The sheet: a row an image, first as it is, then as it is changed.
  public private(set) var sheet: ContactSheet
  private let recipe: Recipe
  private let variants: Int
  private var images = 0

  /// An empty sheet.
  ///
  /// - Parameters:
  ///   - recipe: Its augmentation, size and seed, from which a run draws as well.
  ///   - variants: How often each image is changed, at least once.
  public init(_ recipe: Recipe, variants: Int) {
    self.recipe = recipe
    self.variants = variants
    sheet = ContactSheet(size: recipe.size, columns: 1 + variants)
  }

  /// Adds a row, its changes as the first passes of a run make them.
  ///
  /// - Throws: `TrainingError.workingSize` for a size that no network is trained at.
  public mutating func add(_ sample: Sample) throws(TrainingError) {
    let crop = try CroppedSample(sample, size: recipe.size).crop
    add(crop)
    for pass in 0..<variants {
      add(LabelledBatches.augmentation(of: images, pass: pass, recipe).applied(to: crop))
    }
    images += 1
  }

  private mutating func add(_ crop: Crop) {
    let image = Image(width: crop.side, height: crop.side, bitDepth: 32, values: crop.image)
    let mask = Mask(
      width: crop.side, height: crop.side, pixels: crop.mask.map { $0 > 0.5 ? 1 : 0 })
    sheet.add(image, mask, stretched: false)
  }
}

public import Imaging
public import Recipes

/// Draws what an augmentation makes of labelled images, so that it can be looked at before a run.
public struct AugmentationSheet: Equatable, Sendable {
  /// The sheet: a row an image, first as it is, then as it is changed.
  public private(set) var sheet: ContactSheet
  private let recipe: Recipe
  private let variants: Int
  private var images = 0

  /// An empty sheet for a recipe's augmentation, size and seed, from which a run draws as well, with so many
  /// changes of each image, at least one.
  public init(_ recipe: Recipe, variants: Int) {
    (self.recipe, self.variants) = (recipe, variants)
    sheet = ContactSheet(size: recipe.size, columns: 1 + variants)
  }

  /// Adds a row, its changes as the first passes of a run make them.
  ///
  /// - Throws: `TrainingError.workingSize` for a size that no network is trained at.
  public mutating func add(_ sample: Sample) throws(TrainingError) {
    let crop = try CroppedSample(sample, for: recipe).crop
    let changed = (0..<variants).map { pass in
      LabelledBatches.seen(crop, number: images, pass: pass, recipe)
    }
    for crop in [crop] + changed { sheet.add(crop.picture, crop.truth, stretched: false) }
    images += 1
  }
}

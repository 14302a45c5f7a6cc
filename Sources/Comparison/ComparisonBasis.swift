public import Project
public import Recipes

/// What a comparison stands on: results in a folder hold only as long as none of it changes.
public struct ComparisonBasis: Sendable {
  /// What to train, on which images.
  public var plan: ComparisonPlan
  /// Which images each fold tests on; nil for the one division of a plan without folds.
  public var splits: [(fold: Int?, split: Split)]
  /// Which images belong together; nil where each stands by itself.
  public var groups: ImageGroups?
  /// A digest of each image and its mask.
  public var images: [(name: ImageKey, digest: String)]
  /// A digest of each file of weights that a recipe begins with.
  public var weights: [(name: String, digest: String)]

  /// Takes what was found.
  public init(
    _ plan: ComparisonPlan, splits: [(fold: Int?, split: Split)] = [],
    groups: ImageGroups? = nil, images: [(name: ImageKey, digest: String)] = [],
    weights: [(name: String, digest: String)] = []
  ) {
    self.plan = plan
    self.splits = splits
    self.groups = groups
    self.images = images
    self.weights = weights
  }
}

public import Project
public import Recipes

/// How labelled images are divided into those to learn from and those to test on.
public enum Division: Equatable, Sendable {
  /// By a CSV of image,split.
  case file(String)
  /// A share is drawn by a seed and tested on; groups stay together, which a pattern finds in names or a
  /// CSV of image,group names.
  case drawn(share: Double, seed: UInt64, groups: String?)
  /// Every image is tested on once, in one of so many folds.
  case folds(Int, seed: UInt64, groups: String?)

  /// What keeps images together, if anything does.
  public var groups: String? {
    switch self {
    case .file: nil
    case .drawn(_, _, let groups), .folds(_, _, let groups): groups
    }
  }

  /// Draws the parts of images, once or for each fold; none where a file says them.
  ///
  /// - Throws: `ProjectError` for what cannot be divided so.
  public func draw(
    _ keys: [ImageKey], groups: ImageGroups, validating validation: Double = 0
  ) throws(ProjectError) -> [Split] {
    switch self {
    case .file: []
    case .drawn(let share, let seed, _):
      [try Split(testing: share, validating: validation, of: keys, groups: groups, seed: seed)]
    case .folds(let count, let seed, _):
      try Split.folds(count, validating: validation, of: keys, groups: groups, seed: seed)
    }
  }

  /// How many folds there are; nil where the images are divided once.
  public var foldCount: Int? {
    guard case .folds(let count, _, _) = self else { return nil }
    return count
  }
}

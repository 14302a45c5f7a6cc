public import Recipes

/// An image of a project and where it stands.
public struct ProjectEntry: Equatable, Sendable {
  /// The image.
  public let key: ImageKey
  /// Where it stands.
  public let state: ReviewState
  /// The uncertainty of its newest proposal, 0...1, if there is one.
  public let uncertainty: Double?
  /// What proposed it: a run, or the weights from before the first.
  public let proposedBy: String?
}

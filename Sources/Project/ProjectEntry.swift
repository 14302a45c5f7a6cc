public import Recipes

/// An image of a project and where it stands.
public struct ProjectEntry: Equatable, Sendable {
  /// The image.
  public let key: ImageKey
  /// What is looked at on the axes of its file, such as `t3 z1 c0`; empty where the file has none.
  public var axes: String
  /// Where it stands.
  public var state: ReviewState
  /// The uncertainty of its newest proposal, 0...1, if there is one.
  public var uncertainty: Double?
  /// The estimated IoU of its newest proposal, 0...1, if there is one and that was estimated.
  public var quality: Double?
  /// What proposed it: a run, or `simulated` or a file of weights from before the first.
  public var proposedBy: String?
  /// How many cells the accepted or proposed mask has, where that is known.
  public var cells: Int?

  /// Tells of an image.
  public init(
    key: ImageKey, axes: String = "", state: ReviewState, uncertainty: Double? = nil,
    quality: Double? = nil, proposedBy: String? = nil, cells: Int? = nil
  ) {
    self.key = key
    self.axes = axes
    self.state = state
    self.uncertainty = uncertainty
    self.quality = quality
    self.proposedBy = proposedBy
    self.cells = cells
  }
}

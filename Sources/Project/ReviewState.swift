public import Recipes

/// Where an image stands on its way to a mask.
public enum ReviewState: String, Codable, CaseIterable, Sendable {
  /// Nothing decided and nothing proposed.
  case new
  /// A network proposed a mask that nobody has looked at.
  case proposed
  /// The mask was accepted as drawn or as proposed.
  case accepted
  /// A proposal was changed by hand and then accepted.
  case corrected
  /// The proposal was turned down; the image has no mask.
  case rejected
}

extension ReviewState {
  /// Whether an accepted mask exists, so that the image may be trained on.
  public var hasMask: Bool { self == .accepted || self == .corrected }
}

/// A line of `review.jsonl`: what was decided about an image.
public struct Decision: Codable, Equatable, Sendable {
  /// The image.
  public var image: ImageKey
  /// The new state.
  public var state: ReviewState
  /// Seconds since 1970.
  public var time: Double
  /// The uncertainty (mean binary entropy, 0...1) of the proposal decided on, if there was one.
  public var score: Double?
  /// How many cells the accepted mask has; nil without one, and in lines from before they were counted.
  public var cells: Int?
  /// The estimated IoU that the proposal had to have, where it was accepted unseen with all others above it; nil where
  /// somebody looked at it.
  public var above: Double?

  /// Makes a decision.
  public init(
    image: ImageKey, state: ReviewState, time: Double, score: Double? = nil, cells: Int? = nil,
    above: Double? = nil
  ) {
    self.image = image
    self.state = state
    self.time = time
    self.score = score
    self.cells = cells
    self.above = above
  }
}

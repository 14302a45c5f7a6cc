public import Project
public import Recipes

/// An image of the project, as it is known.
public struct ImageEntry: Equatable, Sendable {
  /// The image.
  public var key: ImageKey
  /// Its newest state.
  public var state: ReviewState
  /// Mean binary entropy of the newest proposal, 0...1, if there is one.
  public var uncertainty: Double?
  /// What proposed it: a run, or `simulated` or a file from before the first.
  public var proposedBy: String?
  /// Whether something was drawn that is not accepted.
  var isChanged: Bool

  /// Makes an entry.
  public init(
    key: ImageKey, state: ReviewState, uncertainty: Double? = nil, proposedBy: String? = nil,
    isChanged: Bool = false
  ) {
    self.key = key
    self.state = state
    self.uncertainty = uncertainty
    self.proposedBy = proposedBy
    self.isChanged = isChanged
  }
}

extension ImageEntry {
  /// What the list calls its state: in few letters, or in full.
  func stateText(isLong: Bool) -> String {
    guard isChanged, state != .rejected else { return state.rawValue }
    guard state.hasMask else { return "draft" }
    return isLong ? "\(state.rawValue), changed" : "changed"
  }
}

extension ReviewState {
  /// Whether the user has had a say.
  var isDecided: Bool { hasMask || self == .rejected }
}

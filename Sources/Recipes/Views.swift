/// In how many ways a network looks at an image, whose answers are averaged (test-time augmentation).
public enum Views: String, Codable, CaseIterable, Sendable {
  /// Once, as it is.
  case one
  /// It and its three mirror images: four times the work.
  case flips
  /// These, and at three quarters and one and a half of the size, each counting by how firm its answer is: seven times
  /// the work.
  case sizes
  /// Like `flips`, and the weights that come with Aura look too, once in each of these sizes: eight times the work.
  /// Where both disagree on an image, each counts by how firm its answer is.
  case secondOpinion = "second-opinion"

  /// These as far as the paper's square is looked at so: it has one size, and one network.
  public var ofSquare: Views { self == .one ? .one : .flips }

  /// What counts where nothing is asked for.
  ///
  /// Weights that have seen the images of a folder know the size of its cells; others are often surer of one at another
  /// size than the folder's. Those that have seen few of them know few of its looks, and say so in their file.
  public static func usual(hasSeenImages: Bool, asksSecondOpinion: Bool = false) -> Views {
    guard hasSeenImages else { return .sizes }
    return asksSecondOpinion ? .secondOpinion : .flips
  }
}

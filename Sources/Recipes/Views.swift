/// In how many ways a network looks at an image, whose answers are averaged (test-time augmentation).
public enum Views: String, Codable, CaseIterable, Sendable {
  /// Once, as it is.
  case one
  /// It and its three mirror images: four times the work.
  case flips
  /// These, and at three quarters and one and a half of the size, each counting by how firm its answer is: seven times
  /// the work.
  case sizes

  /// What counts where nothing is asked for.
  ///
  /// Weights that have seen the images of a folder know the size of its cells; others are often surer of one at another
  /// size than the folder's.
  public static func usual(hasSeenImages: Bool) -> Views { hasSeenImages ? .flips : .sizes }
}

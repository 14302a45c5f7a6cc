public import Imaging
import Project
public import Recipes

/// How a network does on one image.
public struct Evaluation: Equatable, Sendable {
  /// The image.
  public let key: ImageKey
  /// The scores of the network's mask.
  public let scores: Scores
  /// The network's mask: of the image's own size, or of the working size in the paper's protocol.
  public let mask: Mask
  /// The mean over the pixels of the binary entropy in bits, 0...1.
  public let uncertainty: Double
}

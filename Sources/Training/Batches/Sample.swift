public import Imaging
import Project
public import Recipes

/// A labelled image: what a network learns from.
public struct Sample: Equatable, Sendable {
  /// Its name in the project.
  public let key: ImageKey
  /// The image at its own size and scale of values.
  public let image: Image
  /// The accepted mask, of the image's size.
  public let mask: Mask

  /// Joins an image and its mask.
  ///
  /// - Precondition: both have the same size.
  public init(key: ImageKey, image: Image, mask: Mask) {
    precondition(
      image.width == mask.width && image.height == mask.height,
      "\(key): \(image.width)x\(image.height) with a mask of \(mask.width)x\(mask.height)")
    self.key = key
    self.image = image
    self.mask = mask
  }
}

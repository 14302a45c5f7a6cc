public import Imaging
public import Recipes

/// A labelled image: what a network learns from.
public struct Sample: Equatable, Sendable {
  /// Its name in the project.
  public let key: ImageKey
  /// The image at its own size and scale of values.
  public let image: Image
  /// The accepted mask, of the image's size.
  public let mask: Mask
  /// The pixels that nobody annotated, if there are any: from them nothing is learnt, and they are not
  /// scored.
  public let unknown: Mask?

  /// The cells of the mask, where they are told apart.
  public let cells: LabelImage?

  /// Joins an image and what is annotated of it.
  ///
  /// - Precondition: both have the same size.
  public init(key: ImageKey, image: Image, annotation: Annotation) {
    self.init(
      key: key, image: image, mask: annotation.mask, unknown: annotation.unknown,
      cells: annotation.cells)
  }

  /// Joins an image and its mask.
  ///
  /// - Precondition: all have the same size.
  public init(
    key: ImageKey, image: Image, mask: Mask, unknown: Mask? = nil, cells: LabelImage? = nil
  ) {
    precondition(
      image.width == mask.width && image.height == mask.height,
      "\(key): \(image.width)x\(image.height) with a mask of \(mask.width)x\(mask.height)")
    (self.key, self.image, self.mask) = (key, image, mask)
    (self.unknown, self.cells) = (unknown, cells)
  }
}

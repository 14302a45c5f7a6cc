public import Imaging

/// Where a comparison's labelled images lie.
public struct LabelledFolders: Equatable, Sendable {
  /// The folder of images; in a plan as it is run an absolute path.
  public var images: String
  /// The folder of masks; nil for the masks beside the images.
  public var masks: String?
  /// Which pixels of a mask are cell.
  public var polarity: MaskPolarity

  /// Names the folders.
  public init(images: String, masks: String? = nil, polarity: MaskPolarity = .automatic) {
    self.images = images
    self.masks = masks
    self.polarity = polarity
  }
}

public import Imaging

/// The cells of one image that are handed on to other programs.
public struct ExportedCells: Sendable {
  /// Whether somebody has looked at the cells.
  public enum State: String, Sendable {
    /// Drawn or accepted by a person.
    case accepted
    /// Proposed by a network, and reviewed by nobody.
    case proposed
  }

  /// The image's file, as other programs are to know it.
  public let image: String
  /// The cells.
  public let cells: LabelImage
  /// Whether somebody has looked at them.
  public let state: State
  /// The pixels that nobody annotated, none of them of a cell; nil where there are none.
  public let unknown: Mask?
  /// The size of the image's pixels, where it is known.
  public let pixelSize: ImageContents.PixelSize?
  /// The image itself, for formats that show it (``CellFormat/needsPicture``).
  public let picture: Image?

  /// Joins what is known of an image.
  ///
  /// - Precondition: the image has pixels, and all are of one size.
  public init(
    of image: String, _ cells: LabelImage, state: State = .accepted, unknown: Mask? = nil,
    pixelSize: ImageContents.PixelSize? = nil, picture: Image? = nil
  ) {
    let size = [cells.width, cells.height]
    precondition(!cells.labels.isEmpty, "\(size) pixels")
    precondition(
      unknown.map { [$0.width, $0.height] == size } ?? true
        && picture.map { [$0.width, $0.height] == size } ?? true,
      "cells of \(size) pixels and an image or unknown pixels of another size")
    (self.image, self.cells, self.state) = (image, cells, state)
    (self.unknown, self.pixelSize, self.picture) = (unknown, pixelSize, picture)
  }
}

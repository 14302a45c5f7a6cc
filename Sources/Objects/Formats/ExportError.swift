/// Why cells cannot be handed on in a format.
public enum ExportError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A ZIP file has fewer entries than there are cells.
  case tooManyCells(image: String, count: Int, most: Int)
  /// A side of the image is longer than the format can count.
  case tooLarge(image: String, format: String, most: Int)

  /// What, where, and what to try.
  public var description: String {
    switch self {
    case .tooManyCells(let image, let count, let most):
      "\(image) has \(count) cells, and a ZIP file of ROIs holds \(most): use labels-tiff or coco"
    case .tooLarge(let image, let format, let most):
      "\(image) has a side of more than \(most) pixels, which \(format) cannot count: use labels-tiff"
        + " or coco"
    }
  }
}

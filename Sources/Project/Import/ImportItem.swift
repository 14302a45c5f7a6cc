public import Foundation
public import Imaging

/// An image of a data set that others made, and where its mask comes from.
public struct ImportItem: Equatable, Sendable {
  /// Where the mask of an image comes from.
  public enum Truth: Equatable, Sendable {
    /// A page (from 0) of a file, and which of its pixels are cell.
    case file(URL, page: Int, polarity: MaskPolarity)
    /// Outlines of cells on an image of a size; none where it shows no cell.
    case outlines([CellOutlineShape], width: Int, height: Int, file: URL)

    /// The file that the mask is read from.
    var file: URL {
      switch self {
      case .file(let file, _, _), .outlines(_, _, _, let file): file
      }
    }
  }

  /// The name in the imported folder: a relative path without extension.
  public var name: String
  /// The image's file.
  public var image: URL
  /// The page of the image's file, from 0.
  public var page: Int
  /// Where the mask comes from.
  public var truth: Truth
  /// What the image belongs to, such as a time-lapse; empty where it is not known.
  public var group: String
  /// Whether just the surroundings of the annotated cell are taken, see ``AnnotatedCrop``.
  public var isCropped: Bool

  /// Describes an image.
  public init(
    name: String, image: URL, page: Int = 0, truth: Truth, group: String = "",
    isCropped: Bool = false
  ) {
    self.name = name
    self.image = image
    self.page = page
    self.truth = truth
    self.group = group
    self.isCropped = isCropped
  }

  /// Reads the mask of an image of the given size.
  ///
  /// - Throws: `ImagingError` where its file cannot be read or is of another size.
  func mask(width: Int, height: Int) throws(ImagingError) -> Mask {
    switch truth {
    case .file(let file, let page, let polarity):
      return try MaskFile.read(
        file, polarity: polarity, page: page, imageWidth: width, imageHeight: height)
    case .outlines(let shapes, let ownWidth, let ownHeight, let file):
      var mask = Mask(width: width, height: height)
      let isSame = ownWidth == width && ownHeight == height
      guard isSame, shapes.allSatisfy({ $0.fits(width: width, height: height) }) else {
        throw .maskSize(
          file: "of \(image.lastPathComponent) in \(file.lastPathComponent)",
          mask: isSame
            ? "of outlines far outside or for another size" : "\(ownWidth)x\(ownHeight)",
          image: "\(width)x\(height)")
      }
      for shape in shapes { shape.fill(&mask) }
      return mask
    }
  }
}

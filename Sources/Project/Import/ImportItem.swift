public import Foundation
public import Imaging

/// An image of a data set that others made, and where its mask comes from.
public struct ImportItem: Equatable, Sendable {
  /// Where the mask of an image comes from.
  public enum Truth: Equatable, Sendable {
    /// One of the forms in which programs write masks, and what the numbers of pictures mean.
    case mask(MaskSource, rule: MaskRule)
    /// Cells on an image of a size, each in its parts; none where it shows no cell.
    case outlines([[CellOutlineShape]], width: Int, height: Int, file: URL)

    /// The file that the mask is read from.
    var file: URL {
      switch self {
      case .mask(let source, _): source.file
      case .outlines(_, _, _, let file): file
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

  /// Reads what is annotated of an image of the given size; `tell` takes what is passed over, a line each.
  ///
  /// - Throws: `ImagingError` where its file cannot be read or is of another size, `ProjectError` for a file of
  ///   COCO's kind that cannot be used.
  func annotation(
    width: Int, height: Int, tell: (String) -> Void = { _ in }
  ) throws -> Annotation {
    switch truth {
    case .mask(let source, let rule):
      return try source.read(
        rule: rule, width: width, height: height, image: (image, page), tell: tell)
    case .outlines(let cells, let ownWidth, let ownHeight, let file):
      let isSame = ownWidth == width && ownHeight == height
      guard isSame, cells.joined().allSatisfy({ $0.fits(width: width, height: height) }) else {
        throw ImagingError.maskSize(
          file: "of \(image.lastPathComponent) in \(file.lastPathComponent)",
          mask: isSame
            ? "of outlines far outside or for another size" : "\(ownWidth)x\(ownHeight)",
          image: "\(width)x\(height)")
      }
      return try Annotation(
        cells: cells, width: width, height: height, file: file.lastPathComponent)
    }
  }
}

public import Foundation

/// What a file of masks says of an image: which pixels are cell, of which cell, and of which pixels nothing is
/// said.
public struct Annotation: Equatable, Sendable {
  /// The pixels that are cell.
  public let mask: Mask
  /// The pixels that nobody annotated, all of them outside of `mask`; nil where there are none.
  public let unknown: Mask?
  /// Which cell each pixel of `mask` is of; nil where the file tells cells from ground only.
  public let cells: LabelImage?

  /// Joins what is known of an image whose cells are not told apart.
  ///
  /// - Precondition: both are of one size, and no pixel is both cell and unknown.
  public init(_ mask: Mask, unknown: Mask? = nil) {
    self.init(mask, cells: nil, unknown: unknown)
  }

  /// Joins what is known of an image's cells.
  ///
  /// - Precondition: both are of one size, and no pixel is both cell and unknown.
  public init(_ cells: LabelImage, unknown: Mask? = nil) {
    self.init(cells.mask, cells: cells, unknown: unknown)
  }

  private init(_ mask: Mask, cells: LabelImage?, unknown: Mask?) {
    precondition(
      unknown.map { $0.width == mask.width && $0.height == mask.height } ?? true,
      "a mask of \(mask.width)x\(mask.height) with unknown pixels of another size")
    self.mask = mask
    self.unknown = unknown.flatMap { $0.pixels.contains(1) ? $0 : nil }
    self.cells = cells
  }

  /// The cells as the file tells them apart, or else the pieces of the mask.
  public var objects: LabelImage { cells ?? LabelImage(piecesOf: mask) }

  /// As a PNG that ``MaskRule/project`` reads back.
  ///
  /// Of 16 bits as ``LabelFile`` writes cells, where they are told apart, else of 8 bits as ``MaskFile`` writes
  /// masks.
  ///
  /// - Precondition: the mask has pixels.
  public var png: Data {
    cells.map { LabelFile.encode($0, unknown: unknown) } ?? MaskFile.encode(self)
  }

  /// The same with other pixels that nobody annotated, but for those that are cell.
  func adding(unknown more: Mask) -> Annotation {
    let pixels = mask.pixels.indices.map { index in
      (more.pixels[index] | (unknown?.pixels[index] ?? 0)) & ~mask.pixels[index]
    }
    return Annotation(
      mask, cells: cells, unknown: Mask(width: mask.width, height: mask.height, pixels: pixels))
  }
}

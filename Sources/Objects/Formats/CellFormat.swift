public import Foundation
public import Imaging

/// A kind of files in which cells are handed on to other programs.
///
/// A new one is a file beside this one and a place in ``all``. The numbers of cells are the same in all of them. A
/// format makes bytes and writes no file.
public struct CellFormat: Sendable {
  /// What it makes files of.
  public enum Writer: Sendable {
    /// A file of each image.
    case each(@Sendable (ExportedCells) throws(ExportError) -> Data)
    /// One file of all images, whose pixels are of these sizes as far as they are known.
    case together(@Sendable ([ImageContents.PixelSize?]) -> any CellSetWriter)
  }

  /// What it is called, on a command line too.
  public let name: String
  /// What it is and who reads it, in one line.
  public let summary: String
  /// What a file is called: behind its image's name without the ending, or, of one file for all, by itself.
  public let fileName: String
  /// Whether ``ExportedCells/picture`` has to be there.
  public let needsPicture: Bool
  /// Makes the bytes.
  public let writer: Writer

  init(
    _ name: String, _ summary: String, file: String, needsPicture: Bool = false, _ writer: Writer
  ) {
    (self.name, self.summary, self.fileName) = (name, summary, file)
    (self.needsPicture, self.writer) = (needsPicture, writer)
  }

  /// All formats, in the order in which they are listed.
  public static let all: [CellFormat] = [
    .labelsTIFF, .png, .coco, .cocoPolygons, .imageJROI, .geoJSON, .csv, .overlay,
  ]

  /// The format of a name; nil where there is none.
  public static func named(_ name: String) -> CellFormat? { all.first { $0.name == name } }
}

public import Foundation

/// Makes one file of the cells of several images, part by part, so that only one image is held at a time.
public protocol CellSetWriter: Sendable {
  /// Takes the next image.
  ///
  /// - Returns: the next bytes of the file.
  mutating func add(_ exported: ExportedCells) throws(ExportError) -> Data

  /// Ends the file, which may be without an image.
  ///
  /// - Returns: its last bytes.
  mutating func end() -> Data
}

public import Foundation

extension Annotation {
  /// As a PNG that ``MaskRule/project`` reads back: of 16 bits as ``LabelFile`` writes cells, where they are told
  /// apart, else of 8 bits as ``MaskFile`` writes masks.
  ///
  /// - Precondition: the mask has pixels.
  public var png: Data {
    cells.map { LabelFile.encode($0, unknown: unknown) } ?? MaskFile.encode(self)
  }
}

public import Imaging

/// The cells of one image, measured, and what there is to know of the image besides.
public struct MeasuredImage: Equatable, Sendable {
  /// What tables call the image.
  public let name: String
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// The size of a pixel on the sample; nil where it is not known.
  public let pixelSize: ImageContents.PixelSize?
  /// Its cells, in the order of their numbers.
  public let cells: [CellMeasures]
  /// The share of the pixels that are cell, those left out of which nothing is known; nil where none is left.
  public let confluence: Double?

  /// Measures the cells of an image.
  ///
  /// - Parameters:
  ///   - name: what tables call the image.
  ///   - cells: which pixels are of which cell.
  ///   - image: where brightness is measured; without it there is none.
  ///   - unknown: the pixels of which nobody said whether they are cell.
  ///   - pixelSize: the size of a pixel on the sample.
  /// - Precondition: all are of one size.
  public init(
    _ name: String, cells: LabelImage, image: Image? = nil, unknown: Mask? = nil,
    pixelSize: ImageContents.PixelSize? = nil
  ) {
    precondition(
      unknown.map { $0.width == cells.width && $0.height == cells.height } ?? true,
      "cells of \(cells.width)x\(cells.height) with unknown pixels of another size")
    (self.name, width, height) = (name, cells.width, cells.height)
    self.pixelSize = pixelSize
    self.cells = cells.measures(in: image)
    var (known, covered) = (0, 0)
    for (place, label) in cells.labels.enumerated() {
      if let unknown, unknown.pixels[place] != 0 { continue }
      known += 1
      if label != 0 { covered += 1 }
    }
    confluence = known > 0 ? Double(covered) / Double(known) : nil
  }

  /// The value of a measure of one of the cells; nil where it has none, or micrometres are asked for and not known.
  public func value(
    _ measure: Measure, of cell: CellMeasures, inMicrometres: Bool = false
  ) -> Double? {
    guard inMicrometres, measure.unit.suffix != nil else { return measure.value(of: cell) }
    return pixelSize.flatMap { measure.value(of: cell, at: $0) }
  }

  /// The values of a measure of those cells that have one, in the order of their numbers.
  public func values(_ measure: Measure, inMicrometres: Bool = false) -> [Double] {
    cells.compactMap { value(measure, of: $0, inMicrometres: inMicrometres) }
  }
}

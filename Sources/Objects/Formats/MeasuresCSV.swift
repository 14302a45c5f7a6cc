import Foundation
import Imaging

extension CellFormat {
  /// A table with a row a cell, for spreadsheets, R and pandas.
  static let csv = CellFormat(
    "csv", "a table of measures, a row a cell, in one file", file: "cells.csv", needsPicture: true,
    .together { MeasuresCSV(table: MeasureTable(pixelSizes: $0)) })
}

/// Writes what is measured of cells, image by image.
struct MeasuresCSV: CellSetWriter {
  let table: MeasureTable
  private var isBegun = false

  init(table: MeasureTable) { self.table = table }

  mutating func add(_ exported: ExportedCells) throws(ExportError) -> Data {
    let heading = isBegun ? "" : table.cellHeading
    isBegun = true
    let measured = MeasuredImage(
      exported.image, cells: exported.cells, image: exported.picture, unknown: exported.unknown,
      pixelSize: exported.pixelSize)
    return Data((heading + table.cellLines(of: measured)).utf8)
  }

  mutating func end() -> Data { isBegun ? Data() : Data(table.cellHeading.utf8) }
}

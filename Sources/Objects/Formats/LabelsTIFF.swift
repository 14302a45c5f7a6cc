import Imaging

extension CellFormat {
  /// A label image as TIFF of 16 bits.
  static let labelsTIFF = CellFormat(
    "labels-tiff", "label image, TIFF of 16 bits: Fiji, napari, scikit-image, CellProfiler",
    file: "-labels.tif",
    .each { TIFF.encode($0.cells, pixelSize: $0.pixelSize) })
}

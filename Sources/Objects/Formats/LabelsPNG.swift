import Imaging

extension CellFormat {
  /// A label image as PNG of 16 bits, with what nobody annotated for Aura itself.
  static let png = CellFormat(
    "png", "label image, PNG of 16 bits: scikit-image, Cellpose, Fiji; keeps what is not annotated",
    file: "-labels.png",
    .each { LabelFile.encode($0.cells, unknown: $0.unknown, pixelSize: $0.pixelSize) })
}

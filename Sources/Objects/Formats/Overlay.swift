import Foundation
import Imaging

extension CellFormat {
  /// The image with its cells outlined.
  static let overlay = CellFormat(
    "overlay", "the image with its cells outlined in colours, PNG: to look at",
    file: "-overlay.png", needsPicture: true, .each(Overlay.encode))
}

/// Draws an image as it is seen on the screen, with the outermost pixels of each cell in the cell's colour.
enum Overlay {
  /// A PNG of the image's own size.
  ///
  /// - Precondition: the image itself is there.
  static func encode(_ exported: ExportedCells) -> Data {
    guard let picture = exported.picture else {
      preconditionFailure("\(exported.image) without its picture")
    }
    let greys = picture.greys(over: picture.range(of: ContrastWindow(of: picture)))
    let cells = exported.cells
    let colors = CellColors(of: cells)
    var rgb = [UInt8](repeating: 0, count: 3 * greys.count)
    for (pixel, grey) in greys.enumerated() {
      let isRim = isRim(pixel, of: cells)
      let color = isRim ? colors[cells.labels[pixel]] : CellColors.Color(repeating: grey)
      for part in 0..<3 { rgb[3 * pixel + part] = color[part] }
    }
    return PNG.encode(rgb: rgb, width: cells.width, height: cells.height)
  }

  /// Whether a pixel is of a cell and one beside it, above or below is not.
  private static func isRim(_ pixel: Int, of cells: LabelImage) -> Bool {
    let (labels, width) = (cells.labels, cells.width)
    let label = labels[pixel]
    guard label != 0 else { return false }
    let x = pixel % width
    return x > 0 && labels[pixel - 1] != label || x + 1 < width && labels[pixel + 1] != label
      || pixel >= width && labels[pixel - width] != label
      || pixel + width < labels.count && labels[pixel + width] != label
  }
}

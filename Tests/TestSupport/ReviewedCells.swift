public import Imaging

/// Accepted and predicted cells of an image of 32x24 pixels, one of each that can become of a cell.
public enum ReviewedCells {
  /// One found, one split, two merged, one missed.
  public static let truth = LabelImage(
    boxes: [
      box(2..<8, 2..<6), box(12..<22, 2..<6), box(2..<6, 10..<14), box(6..<10, 10..<14),
      box(20..<24, 10..<14),
    ], width: 32, height: 24)
  /// The last is extra.
  public static let predicted = LabelImage(
    boxes: [
      box(2..<8, 2..<6), box(12..<16, 2..<6), box(17..<20, 2..<6), box(2..<10, 10..<14),
      box(10..<14, 18..<22),
    ], width: 32, height: 24)

  private static func box(_ columns: Range<Int>, _ rows: Range<Int>) -> PixelBox {
    PixelBox(columns: columns, rows: rows)
  }
}

extension LabelImage {
  /// Boxes as cells, numbered from 1.
  public init(boxes: [PixelBox], width: Int, height: Int) {
    self.init(width: width, height: height)
    for (place, box) in boxes.enumerated() {
      for y in box.rows {
        fill(
          y * width + box.columns.lowerBound..<y * width + box.columns.upperBound,
          with: Label(place + 1))
      }
    }
  }
}

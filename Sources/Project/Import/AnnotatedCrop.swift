internal import Imaging

/// The square around the one annotated cell of an image that shows several.
///
/// Its side is 1.6 times the longest side of the cell's box, 192 pixels at least; the cell is in the middle
/// unless the image ends before. An image with cells that nobody annotated is no truth as a whole.
struct AnnotatedCrop: Equatable, Sendable {
  /// How much longer than the cell the square is.
  static let share = 1.6
  /// The least side in pixels.
  static let leastSide = 192

  /// The first column.
  let x: Int
  /// The first row.
  let y: Int
  /// Columns, and rows unless the image is narrower.
  let width: Int
  /// Rows.
  let height: Int

  /// Finds the square around the pixels of a mask; nil for an empty one.
  ///
  /// Sides and middles are whole pixels, rounded down, and sides are measured from the first to the last
  /// pixel's centre.
  init?(around mask: Mask) {
    guard let box = mask.box else { return nil }
    let extent = max(box.columns.count, box.rows.count) - 1
    let side = max(Self.leastSide, Int(Self.share * Double(extent)))
    width = min(side, mask.width)
    height = min(side, mask.height)
    let middle = (
      x: (box.columns.lowerBound + box.columns.upperBound - 1) / 2,
      y: (box.rows.lowerBound + box.rows.upperBound - 1) / 2
    )
    x = min(max(middle.x - width / 2, 0), mask.width - width)
    y = min(max(middle.y - height / 2, 0), mask.height - height)
  }
}

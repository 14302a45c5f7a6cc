import Imaging
import Screen

/// Looks cells up for the dots of the screen: how much of a dot is cell, and which cell has most of it.
struct CellSampler {
  /// What is cell at all.
  let mask: MaskSampler
  /// What blocks in view show, row by row.
  private let blocks: [CellBlock]
  private let columns: Range<Int>
  private let rows: Range<Int>
  private let shift: Int
  private let colours: CellColours

  /// Looks up the part of cells that a view shows, with what `mask` knows of them.
  init(_ cells: TiledLabels, _ colours: CellColours, _ mask: MaskSampler, in view: Viewport) {
    (self.mask, self.colours) = (mask, colours)
    (columns, rows, shift) = (mask.columns, mask.rows, mask.shift)
    blocks = cells.blocks(shift: shift, columns: columns, rows: rows)
  }

  /// The cell in the middle of a dot; 0 for ground.
  func label(_ box: PictureArea) -> LabelImage.Label {
    label(
      (box.xs.lowerBound + box.xs.upperBound) / 2, (box.ys.lowerBound + box.ys.upperBound) / 2)
  }

  /// The colour of a cell, as a number.
  func colour(of label: LabelImage.Label) -> Int { colours[label] }

  /// Whether another cell begins right or below of a dot.
  func isSeam(_ box: PictureArea) -> Bool {
    let own = label(box)
    guard own != 0 else { return false }
    let (x, y) = (
      (box.xs.lowerBound + box.xs.upperBound) / 2, (box.ys.lowerBound + box.ys.upperBound) / 2
    )
    let others = [label(x + box.xs.count, y), label(x, y + box.ys.count)]
    return others.contains { $0 != 0 && $0 != own }
  }

  private func label(_ x: Int, _ y: Int) -> LabelImage.Label {
    let (column, row) = (x >> shift, y >> shift)
    guard columns.contains(column), rows.contains(row) else { return 0 }
    return blocks[(row - rows.lowerBound) * columns.count + column - columns.lowerBound].label
  }
}

import Imaging
import Screen

/// Looks a mask up for the dots of the screen.
///
/// Only the part in view is looked at, and of that blocks rather than pixels where it is small; each
/// look-up is then four sums, however large the dot.
struct MaskSampler {
  /// Sums of all blocks above and left of each, over the part in view, with an empty row and column
  /// before them.
  private let sums: [Int32]
  /// The blocks in view.
  let columns: Range<Int>
  let rows: Range<Int>
  /// Blocks are `1 << shift` pixels wide and high.
  let shift: Int

  /// Looks up the part of a mask that a view shows.
  init(_ mask: TiledMask, in view: Viewport) {
    var shift = 0
    while shift < TiledMask.largestBlockShift, Double(2 << shift) * view.zoom <= 1 { shift += 1 }
    self.shift = shift
    let size = view.area.size
    columns = Self.blocks(
      around: view.centerX, dots: size.columns, zoom: view.zoom, extent: mask.width, shift: shift)
    rows = Self.blocks(
      around: view.centerY, dots: size.rows * 2, zoom: view.zoom, extent: mask.height, shift: shift)
    let areas = mask.blockAreas(shift: shift, columns: columns, rows: rows)
    var sums = [Int32](repeating: 0, count: (columns.count + 1) * (rows.count + 1))
    let stride = columns.count + 1
    for (y, row) in rows.enumerated() {
      let down = min(1 << shift, mask.height - row << shift)
      var sum: Int32 = 0
      var place = (y + 1) * stride + 1
      for column in columns {
        let area = Int32(areas[place - stride - y - 1])
        if shift == 0 {
          sum += area
        } else if down == 1 << shift, (column + 1) << shift <= mask.width {
          sum += (area * 255) >> Int32(2 * shift)
        } else {
          let across = min(1 << shift, mask.width - column << shift)
          sum += area * 255 / Int32(across * down)
        }
        sums[place] = sum + sums[place - stride]
        place += 1
      }
    }
    self.sums = sums
  }

  /// The blocks that some dots of the screen show, and those beside them.
  private static func blocks(
    around center: Double, dots: Int, zoom: Double, extent: Int, shift: Int
  ) -> Range<Int> {
    guard extent > 0, dots > 0, zoom > 0 else { return 0..<0 }
    // A dot of 16 colours is two high, and an outline looks at the dot beyond.
    let reach = (Double(dots) / 2 + 4) / zoom + 2
    let first = max(0, min(Double(extent), (center - reach).rounded(.down)))
    let end = max(first, min(Double(extent), (center + reach).rounded(.up)))
    return Int(first) >> shift..<(Int(end) + 1 << shift - 1) >> shift
  }

  /// How much of a dot is cell, 0...1.
  func coverage(_ box: PictureArea) -> Double {
    let sum = sum(box.xs, box.ys)
    return sum.count == 0 ? 0 : Double(sum.total) / Double(sum.count * full)
  }

  /// Whether most of a dot is cell.
  func contains(_ box: PictureArea) -> Bool { contains(box.xs, box.ys) }

  /// Whether a dot is cell and one beside it is not.
  func isEdge(_ box: PictureArea) -> Bool { contains(box) && touchesBackground(box) }

  /// Whether a dot beside one is not cell.
  func touchesBackground(_ box: PictureArea) -> Bool {
    let (xs, ys) = (box.xs, box.ys)
    return !contains(xs.lowerBound - xs.count..<xs.lowerBound, ys)
      || !contains(xs.upperBound..<xs.upperBound + xs.count, ys)
      || !contains(xs, ys.lowerBound - ys.count..<ys.lowerBound)
      || !contains(xs, ys.upperBound..<ys.upperBound + ys.count)
  }

  private func contains(_ xs: Range<Int>, _ ys: Range<Int>) -> Bool {
    let sum = sum(xs, ys)
    return sum.total * 2 >= sum.count * full && sum.count > 0
  }

  /// What a block full of cell counts.
  private var full: Int { shift == 0 ? 1 : 255 }

  private func sum(_ xs: Range<Int>, _ ys: Range<Int>) -> (total: Int, count: Int) {
    let firstX = max(columns.lowerBound, xs.lowerBound >> shift)
    let firstY = max(rows.lowerBound, ys.lowerBound >> shift)
    let endX = min(columns.upperBound, max((xs.lowerBound >> shift) + 1, xs.upperBound >> shift))
    let endY = min(rows.upperBound, max((ys.lowerBound >> shift) + 1, ys.upperBound >> shift))
    guard firstX < endX, firstY < endY else { return (0, 0) }
    let width = columns.count + 1
    let upper = (firstY - rows.lowerBound) * width - columns.lowerBound
    let lower = (endY - rows.lowerBound) * width - columns.lowerBound
    let total =
      sums[lower + endX] - sums[lower + firstX] - sums[upper + endX] + sums[upper + firstX]
    return (Int(total), (endX - firstX) * (endY - firstY))
  }
}

public import Imaging

/// What the second channel of a network learns: the core of each cell, apart from all others even where cells touch.
///
/// A core is the pixels whose distance to the nearest pixel that is not the cell's is more than ``share`` of the
/// cell's largest; never its outermost pixels, and at least one. Its width grows with the cell, so that a blurred
/// prediction still keeps two of them apart (marker and segmentation function: Lux and Matula 2020).
public enum CoreTarget {
  /// The part of a cell's largest distance beyond which its core begins.
  public static let share: Float = 0.4

  /// The cores of all cells, each with its cell's number.
  ///
  /// What lies beyond the picture's border belongs to nobody: a cell that is cut has its core up to the border.
  public static func cores(of cells: LabelImage) -> LabelImage {
    var cores = LabelImage(width: cells.width, height: cells.height)
    for (label, box) in cells.boxes { cores.fillCore(of: label, in: box, of: cells) }
    return cores
  }
}

extension LabelImage {
  /// The smallest box around each cell, in the order of numbers.
  public var boxes: [(label: Label, box: PixelBox)] {
    var found: [Label: PixelBox] = [:]
    for y in 0..<height {
      var x = 0
      while x < width {
        let label = self[x, y]
        var end = x + 1
        while end < width, self[end, y] == label { end += 1 }
        if label != 0 {
          let box = PixelBox(columns: x..<end, rows: y..<y + 1)
          found[label] = found[label]?.union(box) ?? box
        }
        x = end
      }
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Draws the core of one of the cells of another picture.
  fileprivate mutating func fillCore(of label: Label, in box: PixelBox, of cells: LabelImage) {
    // With the pixels around, which are the nearest that are not the cell's.
    let columns = max(box.columns.lowerBound - 1, 0)..<min(box.columns.upperBound + 1, width)
    let rows = max(box.rows.lowerBound - 1, 0)..<min(box.rows.upperBound + 1, height)
    var outside: [Int] = []
    for y in rows {
      for x in columns where cells[x, y] != label {
        outside.append((y - rows.lowerBound) * columns.count + x - columns.lowerBound)
      }
    }
    let squared = DistanceTransform.squared(
      to: outside, width: columns.count, height: rows.count)
    let largest = squared.max() ?? 0
    let least = max(CoreTarget.share * largest.squareRoot(), 1)
    // A cell that fills the picture is as far from others everywhere.
    let core = squared.indices.filter { squared[$0] > least * least || squared[$0] == .infinity }
    let thickest = squared.indices.filter { squared[$0] == largest }.prefix(1)
    for place in core.isEmpty ? Array(thickest) : core {
      self[columns.lowerBound + place % columns.count, rows.lowerBound + place / columns.count] =
        label
    }
  }
}

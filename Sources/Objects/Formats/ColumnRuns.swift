import Imaging

/// The pixels of a cell as COCO counts them: the lengths of runs down the columns, of background and cell by turns.
struct ColumnRuns: Equatable {
  /// The cell's number.
  let label: LabelImage.Label
  /// The lengths, the first of background and perhaps 0; they make up the whole image.
  private(set) var lengths: [Int] = []
  /// How many pixels the cell has.
  private(set) var area = 0
  /// The smallest box around it.
  private(set) var box: PixelBox

  /// Those of all cells, in the order of their numbers, in one pass over the pixels.
  static func all(of cells: LabelImage) -> [ColumnRuns] {
    var places = [Int](repeating: -1, count: Int(LabelImage.Label.max) + 1)
    var found: [ColumnRuns] = []
    for x in 0..<cells.width {
      var y = 0
      while y < cells.height {
        let label = cells[x, y]
        var end = y + 1
        while end < cells.height, cells[x, end] == label { end += 1 }
        if label != 0 {
          if places[Int(label)] < 0 {
            places[Int(label)] = found.count
            found.append(ColumnRuns(label: label, box: PixelBox(columns: x..<x, rows: y..<end)))
          }
          found[places[Int(label)]].take(x, y..<end, height: cells.height)
        }
        y = end
      }
    }
    for place in found.indices { found[place].end(at: cells.labels.count) }
    return found.sorted { $0.label < $1.label }
  }

  private init(label: LabelImage.Label, box: PixelBox) { (self.label, self.box) = (label, box) }

  /// The pixels up to the end of the last run.
  private var last = 0

  private mutating func take(_ x: Int, _ rows: Range<Int>, height: Int) {
    let start = x * height + rows.lowerBound
    // A run goes on at the top of the next column.
    if start == last, !lengths.isEmpty {
      lengths[lengths.count - 1] += rows.count
    } else {
      lengths += [start - last, rows.count]
    }
    last = start + rows.count
    area += rows.count
    box = box.union(PixelBox(columns: x..<x + 1, rows: rows))
  }

  private mutating func end(at count: Int) { if last < count { lengths.append(count - last) } }

  /// The lengths as COCO packs them into a text: five bits a character, the lowest first, from the fourth length on
  /// the difference to the last but one.
  var packed: [UInt8] {
    var text: [UInt8] = []
    for (place, length) in lengths.enumerated() {
      var rest = place > 2 ? length - lengths[place - 2] : length
      var isMore = true
      while isMore {
        let bits = UInt8(rest & 0x1f)
        rest >>= 5
        isMore = bits & 0x10 != 0 ? rest != -1 : rest != 0
        text.append(48 + (isMore ? bits | 0x20 : bits))
      }
    }
    return text
  }
}

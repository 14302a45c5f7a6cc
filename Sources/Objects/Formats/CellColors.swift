import Imaging

/// Colours that tell cells from their neighbours, also for eyes that tell few colours apart.
struct CellColors {
  /// Red, green and blue.
  typealias Color = SIMD3<UInt8>

  /// Those of Okabe and Ito but black: orange, sky blue, bluish green, yellow, blue, vermillion, reddish purple.
  static let palette: [Color] = [
    Color(230, 159, 0), Color(86, 180, 233), Color(0, 158, 115), Color(240, 228, 66),
    Color(0, 114, 178), Color(213, 94, 0), Color(204, 121, 167),
  ]

  /// Cells with no more pixels between them, along a row or a column, are neighbours.
  static let reach = 4

  /// The place of each cell's colour in the palette.
  private var places: [Int]

  /// Chooses a colour for each cell, from the one with the most neighbours on: the next that none of them has.
  ///
  /// Where they have all seven, as in crowds of odd shapes, two may be alike.
  init(of cells: LabelImage) {
    places = Array(repeating: -1, count: Int(LabelImage.Label.max) + 1)
    var neighbours: [Int: [Int]] = [:]
    for pair in Self.neighbours(in: cells) {
      let (first, second) = (Int(pair >> 16), Int(pair & 0xffff))
      neighbours[first, default: []].append(second)
      neighbours[second, default: []].append(first)
    }
    let count = Self.palette.count
    let order = cells.cells.map(Int.init).enumerated().sorted {
      let (a, b) = (neighbours[$0.element]?.count ?? 0, neighbours[$1.element]?.count ?? 0)
      return a != b ? a > b : $0.offset < $1.offset
    }
    for (offset, cell) in order {
      let taken = Set((neighbours[cell] ?? []).map { places[$0] })
      let turns = (0..<count).map { (offset + $0) % count }
      places[cell] = turns.first { !taken.contains($0) } ?? offset % count
    }
  }

  /// A cell's colour.
  subscript(label: LabelImage.Label) -> Color { Self.palette[max(places[Int(label)], 0)] }

  /// Pairs of neighbours, the smaller number in the upper two bytes.
  private static func neighbours(in cells: LabelImage) -> Set<UInt32> {
    var pairs: Set<UInt32> = []
    // The last cell above each column, and the row where it ended.
    var above = [(label: LabelImage.Label, end: Int)](repeating: (0, 0), count: cells.width)
    for y in 0..<cells.height {
      var before: (label: LabelImage.Label, end: Int) = (0, 0)
      for x in 0..<cells.width {
        let label = cells[x, y]
        guard label != 0 else { continue }
        for (other, gap) in [(before.label, x - before.end), (above[x].label, y - above[x].end)]
        where other != 0 && other != label && gap <= reach {
          pairs.insert(UInt32(min(label, other)) << 16 | UInt32(max(label, other)))
        }
        before = (label, x + 1)
        above[x] = (label, y + 1)
      }
    }
    return pairs
  }
}

/// The runs of a tile's rows, and of the row below it, that are of a cell.
struct TileRuns {
  private static let side = TiledMask.Tile.side

  /// Row by row, the columns counted from the tile's left.
  private(set) var runs: [TiledLabels.RowRun] = []
  /// Where each row begins, and where the last one ends.
  private var starts: [Int] = []

  init(ofTile place: Int, in tiled: TiledLabels) {
    runs.reserveCapacity(4 * Self.side)
    starts.reserveCapacity(Self.side + 2)
    for row in 0..<Self.side { add(row: row, ofTile: place, in: tiled) }
    let below = place + tiled.mask.columns
    if below < tiled.tiles.count {
      add(row: 0, ofTile: below, in: tiled)
    } else {
      starts.append(runs.count)
    }
    starts.append(runs.count)
  }

  /// The places of a row's runs; row 64 is the one below the tile.
  func ofRow(_ row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }

  /// The pixels of a row that have another cell to the right or below, the leftmost in the lowest bit; `next` is the
  /// cell of the pixel to the right of the row, 0 for ground.
  func seam(ofRow row: Int, before next: LabelImage.Label) -> UInt64 {
    var bits: UInt64 = 0
    let (own, lower) = (ofRow(row), ofRow(row + 1))
    var first = lower.lowerBound
    for place in own {
      let (label, columns) = (runs[place].label, runs[place].columns)
      let behind =
        columns.upperBound == Self.side
        ? next
        : place + 1 < own.upperBound && runs[place + 1].columns.lowerBound == columns.upperBound
          ? runs[place + 1].label : 0
      if behind != 0, behind != label { bits |= 1 << UInt64(columns.upperBound - 1) }
      while first < lower.upperBound, runs[first].columns.upperBound <= columns.lowerBound {
        first += 1
      }
      var under = first
      while under < lower.upperBound, runs[under].columns.lowerBound < columns.upperBound {
        let common = runs[under].columns.clamped(to: columns)
        if runs[under].label != label {
          bits |= (UInt64.max >> UInt64(Self.side - common.count)) << UInt64(common.lowerBound)
        }
        under += 1
      }
    }
    return bits
  }

  private mutating func add(row: Int, ofTile place: Int, in tiled: TiledLabels) {
    starts.append(runs.count)
    var rest = tiled.mask.tiles[place].words[row]
    guard rest != 0 else { return }
    let labels = tiled.tiles[place].labels
    let base = row * Self.side
    while rest != 0 {
      let start = rest.trailingZeroBitCount
      let label = labels[base + start]
      var end = start + 1
      // Ground is 0, so that a run of cell ends with the cell's number.
      while end < Self.side, labels[base + end] == label { end += 1 }
      runs.append(TiledLabels.RowRun(columns: start..<end, label: label))
      rest &= end < Self.side ? UInt64.max << UInt64(end) : 0
    }
  }
}

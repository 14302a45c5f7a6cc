/// Works out what the blocks of one tile show, from run to run of its rows.
struct TileBlocks {
  private static let side = TiledMask.Tile.side

  private let runs: TileRuns
  /// The pixels of each row that have ground beside them, the leftmost in the lowest bit.
  private let outlines: [UInt64]
  /// The pixels of each row that have another cell to the right or below.
  private let seams: [UInt64]

  init(ofTile place: Int, in tiled: TiledLabels) {
    let runs = TileRuns(ofTile: place, in: tiled)
    let hasNext = !(place + 1).isMultiple(of: tiled.mask.columns)
    let next = hasNext ? tiled.tiles[place + 1].labels : []
    self.runs = runs
    outlines = Self.outlines(ofTile: place, in: tiled.mask)
    seams = (0..<Self.side).map { row in
      runs.seam(ofRow: row, before: next.isEmpty ? 0 : next[row * Self.side])
    }
  }

  /// The blocks of `1 << shift` pixels, row by row.
  func blocks(shift: Int) -> [CellBlock] { blocks(of: tallies(shift: shift), shift: shift) }

  /// The blocks of all sizes from one on to the largest.
  func levels(from shift: Int) -> BlockLevels {
    var tallies = tallies(shift: shift)
    var levels: [[CellBlock]] = []
    var ties: [BlockLevels.Tie] = []
    for shift in shift...TiledMask.largestBlockShift {
      if !levels.isEmpty { tallies = Self.merged(tallies, inRow: Self.side >> (shift - 1)) }
      for (place, tally) in tallies.enumerated() where tally.most.isTied {
        ties.append(BlockLevels.Tie(level: levels.count, place: place, labels: tally.allMost))
      }
      levels.append(blocks(of: tallies, shift: shift))
    }
    return BlockLevels(levels, ties: ties)
  }

  private func blocks(of tallies: [LabelTally], shift: Int) -> [CellBlock] {
    let (size, inRow) = (1 << shift, Self.side >> shift)
    let bits = UInt64.max >> UInt64(Self.side - size)
    var found: [CellBlock] = []
    found.reserveCapacity(tallies.count)
    for top in stride(from: 0, to: Self.side, by: size) {
      var (outline, seam): (UInt64, UInt64) = (0, 0)
      for row in top..<top + size {
        outline |= outlines[row]
        seam |= seams[row]
      }
      for column in 0..<inRow {
        let own = bits << UInt64(column * size)
        found.append(
          CellBlock(
            label: tallies[found.count].most.label, hasSeam: seam & own != 0,
            hasOutline: outline & own != 0))
      }
    }
    return found
  }

  /// The pixels of each cell in each block.
  private func tallies(shift: Int) -> [LabelTally] {
    let inRow = Self.side >> shift
    var tallies = Array(repeating: LabelTally(), count: inRow * inRow)
    for row in 0..<Self.side {
      let first = row >> shift * inRow
      for place in runs.ofRow(row) {
        let run = runs.runs[place]
        var start = run.columns.lowerBound
        while start < run.columns.upperBound {
          let end = min(run.columns.upperBound, (start >> shift + 1) << shift)
          tallies[first + start >> shift].add(run.label, end - start)
          start = end
        }
      }
    }
    return tallies
  }

  /// The tallies of blocks twice as wide and high.
  private static func merged(_ tallies: [LabelTally], inRow: Int) -> [LabelTally] {
    (0..<tallies.count / 4).map { place in
      let corner = place / (inRow / 2) * 2 * inRow + place % (inRow / 2) * 2
      var tally = tallies[corner]
      for other in [corner + 1, corner + inRow, corner + inRow + 1] { tally.add(tallies[other]) }
      return tally
    }
  }

  /// Whole words at a time; what lies beyond the picture is no ground, so that its border is no outline.
  private static func outlines(ofTile place: Int, in mask: TiledMask) -> [UInt64] {
    let (column, first) = (place % mask.columns, place / mask.columns * side)
    let inside = mask.width - column * side
    let beyond = inside < side ? UInt64.max << UInt64(inside) : 0
    func word(_ row: Int, column: Int) -> UInt64 {
      guard (0..<mask.height).contains(row), (0..<mask.columns).contains(column) else {
        return .max
      }
      return mask.tiles[row / side * mask.columns + column].words[row % side]
    }
    return (first..<first + side).map { row in
      let cells = mask.tiles[place].words[row - first]
      guard cells != 0 else { return 0 }
      let framed = cells | beyond
      let left = framed << 1 | word(row, column: column - 1) >> UInt64(side - 1)
      let right = framed >> 1 | word(row, column: column + 1) << UInt64(side - 1)
      let (above, below) = (word(row - 1, column: column), word(row + 1, column: column))
      return cells & ~(left & right & (above | beyond) & (below | beyond))
    }
  }
}

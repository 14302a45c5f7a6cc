extension TiledMask {
  /// Blocks of pixels are at most `1 << largestBlockShift` wide and high.
  public static let largestBlockShift = 6

  /// How many pixels of each block of `1 << shift` by `1 << shift` are cell, row by row.
  ///
  /// - Precondition: `shift` is 0 (single pixels) to `largestBlockShift`, and no row or column of blocks
  ///   lies beyond the mask.
  public func blockAreas(
    shift: Int, columns blockColumns: Range<Int>, rows blockRows: Range<Int>
  ) -> [UInt16] {
    precondition((0...Self.largestBlockShift).contains(shift), "blocks of 1 << \(shift) pixels")
    guard !blockColumns.isEmpty, !blockRows.isEmpty else { return [] }
    var areas = [UInt16](repeating: 0, count: blockColumns.count * blockRows.count)
    let inTile = Tile.side >> shift
    let tileColumns = blockColumns.lowerBound / inTile...(blockColumns.upperBound - 1) / inTile
    for tileRow in blockRows.lowerBound / inTile...(blockRows.upperBound - 1) / inTile {
      let rows = blockRows.clamped(to: tileRow * inTile..<(tileRow + 1) * inTile)
      for tileColumn in tileColumns {
        let tile = tiles[tileRow * columns + tileColumn]
        guard tile.area > 0 else { continue }
        let columns = blockColumns.clamped(to: tileColumn * inTile..<(tileColumn + 1) * inTile)
        for row in rows {
          let start = (row - blockRows.lowerBound) * blockColumns.count - blockColumns.lowerBound
          let counted = CountedBlocks(tile, row: row % inTile, shift: shift)
          for column in columns { areas[start + column] = counted[column % inTile] }
        }
      }
    }
    return areas
  }
}

/// How much of each block of a row of blocks in a tile is cell.
private struct CountedBlocks {
  private let shift: Int
  private let words: ArraySlice<UInt64>
  /// Of blocks of 8 pixels and more: four sums of 16 bits each, of every other column of blocks of 8.
  private var even: UInt64 = 0
  private var odd: UInt64 = 0

  init(_ tile: TiledMask.Tile, row: Int, shift: Int) {
    self.shift = shift
    let side = 1 << shift
    guard side >= TiledMask.Tile.blockSide else {
      words = tile.words[row * side..<(row + 1) * side]
      return
    }
    words = []
    let coarse = side / TiledMask.Tile.blockSide
    for blocks in row * coarse..<(row + 1) * coarse {
      let areas = tile.blockAreas(blocks)
      even &+= areas & 0x00FF_00FF_00FF_00FF
      odd &+= areas >> 8 & 0x00FF_00FF_00FF_00FF
    }
  }

  subscript(column: Int) -> UInt16 {
    func lane(_ sums: UInt64, _ place: Int) -> UInt16 {
      UInt16(truncatingIfNeeded: sums >> UInt64(16 * place))
    }
    let both = even &+ odd
    switch shift {
    case 3: return lane(column.isMultiple(of: 2) ? even : odd, column / 2)
    case 4: return lane(both, column)
    case 5: return lane(both, 2 * column) &+ lane(both, 2 * column + 1)
    case 6: return (0..<4).reduce(0) { $0 &+ lane(both, $1) }
    default:
      let side = 1 << shift
      let bits = (UInt64(1) << UInt64(side) - 1) << UInt64(column * side)
      return UInt16(words.reduce(0) { $0 + ($1 & bits).nonzeroBitCount })
    }
  }
}

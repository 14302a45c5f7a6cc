extension TiledMask {
  /// Blocks of pixels are at most `1 << largestBlockShift` wide and high.
  public static let largestBlockShift = 6

  /// How many pixels of each block of `1 << shift` by `1 << shift` are cell.
  ///
  /// - Parameters:
  ///   - shift: 0 (single pixels) to `largestBlockShift`.
  ///   - blockColumns: which columns of blocks, none beyond the mask.
  ///   - blockRows: which rows of blocks, none beyond the mask.
  /// - Returns: a number a block, row by row.
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
          for column in columns {
            areas[start + column] = tile.area(
              ofBlock: column % inTile, row: row % inTile, shift: shift)
          }
        }
      }
    }
    return areas
  }
}

extension TiledMask.Tile {
  /// The cells of one block.
  fileprivate func area(ofBlock column: Int, row: Int, shift: Int) -> UInt16 {
    let side = 1 << shift
    guard side < Self.side else { return UInt16(area) }
    let coarse = side / Self.blockSide
    guard coarse > 0 else {
      let bits = (UInt64(1) << UInt64(side) - 1) << UInt64(column * side)
      var area = 0
      for y in row * side..<(row + 1) * side { area += (words[y] & bits).nonzeroBitCount }
      return UInt16(area)
    }
    var area: UInt64 = 0
    for blocks in row * coarse..<(row + 1) * coarse {
      let areas = blockAreas(blocks) >> UInt64(column * coarse * 8)
      for byte in 0..<coarse { area += areas >> UInt64(byte * 8) & 0xFF }
    }
    return UInt16(area)
  }
}

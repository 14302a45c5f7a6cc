/// What a block of pixels shows of cells where it is drawn as one.
public struct CellBlock: Equatable, Hashable, Sendable {
  /// The cell with most of its pixels, of several the lowest; 0 only where no pixel is of a cell.
  public let label: LabelImage.Label
  /// Whether a pixel of it and the next one to the right or below, which may lie outside, are of two cells.
  ///
  /// A seam along the side of two blocks is thus of one of them alone.
  let hasSeam: Bool
  /// Whether a pixel of it is of a cell and has ground above, below or beside it.
  let hasOutline: Bool

  /// Describes a block.
  init(label: LabelImage.Label, hasSeam: Bool, hasOutline: Bool) {
    (self.label, self.hasSeam, self.hasOutline) = (label, hasSeam, hasOutline)
  }

  /// The same with another cell.
  func showing(_ label: LabelImage.Label) -> CellBlock {
    CellBlock(label: label, hasSeam: hasSeam, hasOutline: hasOutline)
  }

  /// A block without a cell.
  static let ground = CellBlock(label: 0, hasSeam: false, hasOutline: false)
}

extension TiledLabels {
  /// What blocks of `1 << shift` by `1 << shift` pixels show of cells, row by row.
  ///
  /// How much of each is cell at all, `TiledMask.blockAreas` tells. Tiles remember blocks of 8 pixels and more, so
  /// that a picture drawn small costs the tiles that changed since it was drawn last.
  ///
  /// - Precondition: `shift` is 0 (single pixels) to `TiledMask.largestBlockShift`, and no row or column of
  ///   blocks lies beyond the picture.
  public func blocks(
    shift: Int, columns blockColumns: Range<Int>, rows blockRows: Range<Int>
  ) -> [CellBlock] {
    precondition(
      (0...TiledMask.largestBlockShift).contains(shift), "blocks of 1 << \(shift) pixels")
    guard !blockColumns.isEmpty, !blockRows.isEmpty else { return [] }
    var found = Array(repeating: CellBlock.ground, count: blockColumns.count * blockRows.count)
    let inTile = TiledMask.Tile.side >> shift
    let tileColumns = blockColumns.lowerBound / inTile...(blockColumns.upperBound - 1) / inTile
    for tileRow in blockRows.lowerBound / inTile...(blockRows.upperBound - 1) / inTile {
      let rows = blockRows.clamped(to: tileRow * inTile..<(tileRow + 1) * inTile)
      for tileColumn in tileColumns {
        let place = tileRow * mask.columns + tileColumn
        guard let blocks = self.blocks(ofTile: place, shift: shift) else { continue }
        let columns = blockColumns.clamped(to: tileColumn * inTile..<(tileColumn + 1) * inTile)
        for row in rows {
          let start = (row - blockRows.lowerBound) * blockColumns.count - blockColumns.lowerBound
          let from = row % inTile * inTile - tileColumn * inTile
          for column in columns { found[start + column] = blocks[from + column] }
        }
      }
    }
    return found
  }

  /// Works out all blocks that tiles remember, so that nobody who draws these cells, or copies of them, has to.
  public func prepareBlocks() {
    for place in tiles.indices {
      _ = blocks(ofTile: place, shift: TiledMask.largestBlockShift)
    }
  }

  /// The blocks of a tile; nil where it has no cell.
  private func blocks(ofTile place: Int, shift: Int) -> [CellBlock]? {
    guard mask.tiles[place].area > 0 else { return nil }
    let finest = BlockMemory.finestShift
    guard shift >= finest else { return TileBlocks(ofTile: place, in: self).blocks(shift: shift) }
    return tiles[place].blocks(shift: shift) {
      TileBlocks(ofTile: place, in: self).levels(from: finest)
    }
  }
}

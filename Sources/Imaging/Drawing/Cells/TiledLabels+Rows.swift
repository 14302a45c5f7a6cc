extension TiledLabels {
  /// A run of one row that is of one cell.
  struct RowRun: Equatable, Sendable {
    /// Its columns.
    let columns: Range<Int>
    /// The cell.
    let label: LabelImage.Label
  }

  /// The runs of a row that are of a cell, in order; ground is passed over a word at a time.
  func cellRuns(ofRow y: Int, columns: Range<Int>) -> [RowRun] {
    var found: [RowRun] = []
    let first = y * width
    TiledMask.forEachWord(
      of: first + columns.lowerBound..<first + columns.upperBound, width: width
    ) { tile, row, bits, start in
      var rest = mask.tiles[tile].words[row] & bits
      guard rest != 0 else { return }
      let labels = tiles[tile].labels
      let base = row * TiledMask.Tile.side
      while rest != 0 {
        let low = rest.trailingZeroBitCount
        let length = (~(rest >> UInt64(low))).trailingZeroBitCount
        let label = labels[base + low]
        var end = low + 1
        while end < low + length, labels[base + end] == label { end += 1 }
        let columns = start - first + low..<start - first + end
        if let last = found.last, last.label == label, last.columns.upperBound == columns.lowerBound
        {
          found[found.count - 1] = RowRun(
            columns: last.columns.lowerBound..<columns.upperBound, label: label)
        } else {
          found.append(RowRun(columns: columns, label: label))
        }
        rest &= end < UInt64.bitWidth ? UInt64.max << UInt64(end) : 0
      }
    }
    return found
  }

  /// The cell at a pixel, or the one nearest to it whose nearest pixel lies within a distance in pixels; of several
  /// equally near the lowest.
  public func cell(at point: PixelPoint, within distance: Int = 0) -> LabelImage.Label? {
    let reach = max(distance, 0)
    let columns = (point.x - reach..<point.x + reach + 1).clamped(to: 0..<width)
    let rows = (point.y - reach..<point.y + reach + 1).clamped(to: 0..<height)
    guard !columns.isEmpty else { return nil }
    var nearest: (squared: Int, label: LabelImage.Label)?
    for y in rows {
      for run in cellRuns(ofRow: y, columns: columns) {
        let dx = max(run.columns.lowerBound - point.x, point.x - run.columns.upperBound + 1, 0)
        let squared = dx * dx + (y - point.y) * (y - point.y)
        guard squared <= reach * reach else { continue }
        if let known = nearest, known <= (squared, run.label) { continue }
        nearest = (squared, run.label)
      }
    }
    return nearest?.label
  }
}

extension PixelBox {
  /// The box with some pixels more on each side, as far as a picture goes.
  func grown(by pixels: Int, width: Int, height: Int) -> PixelBox {
    PixelBox(
      columns: max(columns.lowerBound - pixels, 0)..<min(columns.upperBound + pixels, width),
      rows: max(rows.lowerBound - pixels, 0)..<min(rows.upperBound + pixels, height))
  }
}

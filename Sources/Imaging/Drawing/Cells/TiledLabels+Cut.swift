extension TiledLabels {
  /// What a line does that splits each cell that it crosses from side to side.
  ///
  /// Pixels of which none shares an edge with the other side's are apart. Those under the line go to the nearest
  /// side, of several to the largest, so that no pixel is lost. The largest side keeps the cell's number, the others
  /// get free ones. A piece of a cell that the line leaves whole stays as it is.
  ///
  /// - Parameters:
  ///   - points: the line, from point to point; may lie outside.
  ///   - label: the only cell that is cut; nil for all.
  ///   - smallest: a side of fewer pixels is none, so that a line along a rim shaves nothing off.
  /// - Returns: nil where no cell falls apart, or where too few numbers are free.
  public func cut(
    along points: [PixelPoint], only label: LabelImage.Label? = nil, smallest: Int = 4
  ) -> LabelStroke? {
    let brush = Brush(diameter: 1)
    let line = PixelRuns(
      zip(points.prefix(1) + points, points).flatMap {
        brush.runs(from: $0, to: $1, width: width, height: height)
      }, width: width)
    let crossed = Dictionary(grouping: line.runs.flatMap { pieces(of: $0) }, by: \.label)
    var free = FreeLabels(besides: Set(cells.keys))
    var parts: [LabelStroke.Part] = []
    for (cell, pieces) in crossed.sorted(by: { $0.key < $1.key }) {
      guard cell != 0, cell == label ?? cell else { continue }
      let cut = CellCut(
        PixelRuns(runs(of: cell), width: width),
        along: PixelRuns(pieces.map(\.run), width: width), smallest: max(smallest, 1))
      for side in cut.sides {
        guard let number = free.next() else { return nil }
        parts.append(LabelStroke.Part(number, side.runs))
      }
    }
    return parts.isEmpty ? nil : LabelStroke(parts)
  }

  /// What makes a cell of each piece of a cell that touches the others by no edge and no corner; the largest keeps
  /// the number.
  ///
  /// - Returns: nil where it is in one piece, or where too few numbers are free.
  func separation(of label: LabelImage.Label) -> LabelStroke? {
    let found = pieces(ofCell: label)
    guard found.count > 1, let most = found.map(\.count).max(),
      let largest = found.firstIndex(where: { $0.count == most })
    else { return nil }
    var free = FreeLabels(besides: Set(cells.keys))
    var parts: [LabelStroke.Part] = []
    for (place, piece) in found.enumerated() where place != largest {
      guard let number = free.next() else { return nil }
      parts.append(LabelStroke.Part(number, piece.runs))
    }
    return LabelStroke(parts)
  }

  /// These cells with those parted that lie in more pieces than before: the largest keeps the number, the others get
  /// free ones while there are such.
  public func parted(since before: TiledLabels) -> TiledLabels {
    let losers = Set(before.edit(to: self).changes.map(\.old)).subtracting([0])
    var parted = self
    for label in losers.sorted() where cells[label] != nil {
      guard pieces(ofCell: label).count > before.pieces(ofCell: label).count,
        let edit = parted.separation(of: label).flatMap({ parted.effect(of: $0) })
      else { continue }
      parted.apply(edit)
    }
    return parted
  }

  /// The pieces of a cell that touch by no edge and no corner, in the order of their first pixels.
  func pieces(ofCell label: LabelImage.Label) -> [PixelRuns] {
    let cell = PixelRuns(runs(of: label), width: width)
    let pieces = cell.pieces(corners: true)
    var runs = [[Range<Int>]](repeating: [], count: pieces.count)
    for (run, piece) in zip(cell.runs, pieces.ofRuns) { runs[piece].append(run) }
    return runs.map { PixelRuns($0, width: width) }
  }
}

extension TiledLabels {
  /// What makes ground of cells.
  ///
  /// - Returns: nil where none of them is there.
  public func removal(of labels: [LabelImage.Label]) -> LabelStroke? {
    ground(Set(labels).filter { cells[$0] != nil }.sorted().flatMap { runs(of: $0) })
  }

  /// What makes ground of all cells but some.
  ///
  /// - Returns: nil where there is no other.
  public func removal(ofAllBut labels: [LabelImage.Label]) -> Relabelling? {
    let others = Set(cells.keys).subtracting(labels)
    return others.isEmpty
      ? nil : Relabelling(Dictionary(uniqueKeysWithValues: others.map { ($0, 0) }))
  }

  /// What makes ground of pieces, be they a whole cell or not, that have fewer pixels and touch no other piece of
  /// their cell by an edge or a corner.
  ///
  /// - Returns: nil where there is none.
  public func removal(ofSpecksUnder pixels: Int) -> LabelStroke? {
    ground(
      cells.keys.sorted().flatMap { label in
        pieces(ofCell: label).filter { $0.count < pixels }.flatMap(\.runs)
      })
  }

  private func ground(_ runs: [Range<Int>]) -> LabelStroke? {
    runs.isEmpty
      ? nil : LabelStroke([LabelStroke.Part(0, PixelRuns(runs, width: width).runs)])
  }

  /// What draws cells of another picture, a proposal's, under free numbers, and nothing over cells that are here.
  ///
  /// - Parameters:
  ///   - labels: the other picture's cells that are drawn.
  ///   - other: the other picture's cells.
  ///   - share: how much of a cell, 0...1, has to be ground here; else it is passed over, since it is here already.
  /// - Returns: nil where no cell is drawn, or where too few numbers are free.
  /// - Precondition: both pictures have the same size.
  public func adoption(
    of labels: [LabelImage.Label], from other: TiledLabels, share: Double = 0.5
  ) -> LabelStroke? {
    precondition(
      width == other.width && height == other.height,
      "\(width)x\(height) against \(other.width)x\(other.height)")
    var free = FreeLabels(besides: Set(cells.keys))
    var parts: [LabelStroke.Part] = []
    for label in Set(labels).sorted() {
      guard let cell = other.cells[label] else { continue }
      let ground = runs(of: 0, in: other.runs(of: label))
      let area = ground.reduce(0) { $0 + $1.count }
      guard area > 0, Double(area) >= share * Double(cell.area) else { continue }
      guard let number = free.next() else { return nil }
      parts.append(LabelStroke.Part(number, ground))
    }
    return parts.isEmpty ? nil : LabelStroke(parts)
  }
}

extension TiledLabels {
  /// What fills the holes of a cell: ground beside it from which no way over edges leads out of it.
  ///
  /// Cells inside, and the ground inside of these, stay as they are.
  ///
  /// - Returns: nil where it has no hole.
  public func filling(holesOf label: LabelImage.Label) -> LabelStroke? {
    let enclosed = PixelRuns(runs(of: label), width: width).enclosed
    let ground = PixelRuns(runs(of: 0, in: enclosed.runs), width: width)
    let pieces = ground.pieces(corners: false)
    var touches = [Bool](repeating: false, count: pieces.count)
    for (run, piece) in zip(ground.runs, pieces.ofRuns) where !touches[piece] {
      touches[piece] = cells(beside: run).contains(label)
    }
    let holes = zip(ground.runs, pieces.ofRuns).filter { touches[$0.1] }.map(\.0)
    return holes.isEmpty ? nil : LabelStroke([LabelStroke.Part(label, holes)])
  }

  /// What fills the ground around a pixel that one cell alone encloses.
  ///
  /// - Returns: nil where there is no ground, or where it reaches another cell or the picture's border.
  public func filling(groundAround point: PixelPoint) -> LabelStroke? {
    guard (0..<width).contains(point.x), (0..<height).contains(point.y), self[point.x, point.y] == 0
    else { return nil }
    let region = mask.region(around: point)
    var found: Set<LabelImage.Label> = []
    for run in region {
      let (first, last) = (run.lowerBound, run.upperBound - 1)
      guard first >= width, last < pixelCount - width, first % width > 0, last % width < width - 1
      else { return nil }
      found.formUnion(cells(beside: run))
    }
    guard found.count == 1, let label = found.first else { return nil }
    return LabelStroke([LabelStroke.Part(label, region)])
  }

  /// The cells that share an edge with a run of a row that does not reach the picture's border.
  private func cells(beside run: Range<Int>) -> Set<LabelImage.Label> {
    let around = [
      run.lowerBound - width..<run.upperBound - width, run.lowerBound - 1..<run.lowerBound,
      run.upperBound..<run.upperBound + 1, run.lowerBound + width..<run.upperBound + width,
    ]
    return Set(around.flatMap { pieces(of: $0) }.map(\.label)).subtracting([0])
  }
}

extension TiledLabels {
  /// What makes one cell of several, touching or not.
  ///
  /// - Parameters:
  ///   - labels: the cells; those that are not there, and repeated ones, do not count.
  ///   - kept: the number that they get, one of theirs; nil for the lowest.
  ///   - closesGaps: whether ground that has two of them beside it or at its corners is drawn as well.
  /// - Returns: nil where fewer than two of them are there.
  public func merger(
    of labels: [LabelImage.Label], keeping kept: LabelImage.Label? = nil, closesGaps: Bool = false
  ) -> LabelStroke? {
    let found = Set(labels).filter { cells[$0] != nil }.sorted()
    guard found.count > 1, let number = kept ?? found.first, found.contains(number) else {
      return nil
    }
    let areas = found.map { PixelRuns(runs(of: $0), width: width) }
    var drawn = zip(found, areas).flatMap { $0 == number ? [] : $1.runs }
    if closesGaps { drawn += ground(between: areas) }
    return LabelStroke([LabelStroke.Part(number, PixelRuns(drawn, width: width).runs)])
  }

  /// The ground that touches two of some cells by an edge or a corner.
  private func ground(between areas: [PixelRuns]) -> [Range<Int>] {
    let rims = areas.flatMap { runs(of: 0, in: $0.grown(height: height).runs) }
      .sorted { $0.lowerBound < $1.lowerBound }
    // The rims of one cell do not overlap: what is covered twice is beside two.
    var twice: [Range<Int>] = []
    var end = 0
    for run in rims {
      if run.lowerBound < end { twice.append(run.lowerBound..<min(run.upperBound, end)) }
      end = max(end, run.upperBound)
    }
    return twice
  }
}

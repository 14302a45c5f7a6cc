/// Keeps what is drawn of a cell in one piece: pixels from which no way over edges and corners leads to the cell,
/// or to where its drawing began, are left out.
struct OnePiece: Equatable, Sendable {
  /// Where a cell begins that has no pixel so far.
  private let start: PixelPoint?
  /// Pixels that were left out, in case something joins them to the cell.
  private var loose: [Range<Int>] = []

  /// Begins at a pixel; without one with the largest piece of what is drawn first.
  init(from start: PixelPoint?) { self.start = start }

  /// What is drawn where runs are covered, and of what was left out before.
  mutating func edit(
    of runs: [Range<Int>], by rule: PenRule, on labels: TiledLabels
  ) -> LabelEdit {
    let covered = PixelRuns(loose + runs, width: labels.width)
    let whole = rule.edit(of: covered.runs, on: labels)
    let drawn = PixelRuns(
      whole.changes.flatMap { $0.run.parts(ofRowsOf: labels.width) }, width: labels.width)
    let kept = joined(drawn, to: rule.label, on: labels)
    loose = drawn.subtracting(kept).runs
    guard !loose.isEmpty else { return whole }
    return rule.edit(of: kept.runs, on: labels)
  }

  private func joined(
    _ drawn: PixelRuns, to label: LabelImage.Label, on labels: TiledLabels
  ) -> PixelRuns {
    let pieces = drawn.pieces(corners: true)
    guard pieces.count > 0 else { return drawn }
    var isKept = [Bool](repeating: false, count: pieces.count)
    if labels.cells[label] == nil {
      isKept[first(of: pieces, drawn)] = true
    } else {
      for (run, piece) in zip(drawn.runs, pieces.ofRuns) where !isKept[piece] {
        let around = PixelRuns([run], width: drawn.width).grown(height: labels.height)
        isKept[piece] = !labels.runs(of: label, in: around.runs).isEmpty
      }
    }
    return PixelRuns(
      zip(drawn.runs, pieces.ofRuns).filter { isKept[$0.1] }.map(\.0), width: drawn.width)
  }

  /// The piece that a cell begins with.
  private func first(of pieces: (count: Int, ofRuns: [Int]), _ drawn: PixelRuns) -> Int {
    var areas = [Int](repeating: 0, count: pieces.count)
    for (run, piece) in zip(drawn.runs, pieces.ofRuns) {
      if let start, run.contains(start.y * drawn.width + start.x) { return piece }
      areas[piece] += run.count
    }
    return areas.indices.max { (areas[$0], $1) < (areas[$1], $0) } ?? 0
  }
}

extension Range<Int> {
  /// Its parts, each of one row of so many pixels.
  fileprivate func parts(ofRowsOf width: Int) -> [Range<Int>] {
    guard !isEmpty else { return [] }
    return (lowerBound / width...(upperBound - 1) / width).map { row in
      clamped(to: row * width..<(row + 1) * width)
    }
  }
}

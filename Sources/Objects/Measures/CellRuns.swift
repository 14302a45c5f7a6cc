import Imaging

/// The runs of all cells' pixels, cell by cell.
struct CellRuns {
  /// Pixels of one row that follow each other.
  struct Run {
    let y: Int
    let columns: Range<Int>
  }

  /// The cells' numbers, in order.
  let labels: [LabelImage.Label]
  /// Where in `labels` each number stands that does.
  let places: [Int]
  /// In how many pieces each cell lies.
  let pieces: [Int]
  private let runs: [Run]
  private let starts: [Int]

  init(_ image: LabelImage) {
    let found = Pieces(of: image)
    var counts = [Int](repeating: 0, count: Int(LabelImage.Label.max) + 1)
    for (run, _) in found.runs { counts[Int(image.labels[run.lowerBound])] += 1 }
    labels = counts.indices.filter { counts[$0] > 0 }.map { LabelImage.Label($0) }
    var places = [Int](repeating: 0, count: counts.count)
    var starts = [0]
    for (place, label) in labels.enumerated() {
      places[Int(label)] = place
      starts.append(starts[place] + counts[Int(label)])
    }
    var next = starts
    var runs = [Run](repeating: Run(y: 0, columns: 0..<0), count: found.runs.count)
    var pieces = [Int](repeating: 0, count: labels.count)
    var isCounted = [Bool](repeating: false, count: found.count + 1)
    for (run, piece) in found.runs {
      let place = places[Int(image.labels[run.lowerBound])]
      let (y, x) = run.lowerBound.quotientAndRemainder(dividingBy: image.width)
      runs[next[place]] = Run(y: y, columns: x..<x + run.count)
      next[place] += 1
      if !isCounted[piece] { pieces[place] += 1 }
      isCounted[piece] = true
    }
    (self.places, self.pieces, self.runs, self.starts) = (places, pieces, runs, starts)
  }

  /// The runs of the cell at a place of `labels`, row by row.
  subscript(place: Int) -> ArraySlice<Run> { runs[starts[place]..<starts[place + 1]] }

  /// The smallest box around runs that come row by row.
  static func box(of runs: ArraySlice<Run>) -> PixelBox {
    var (left, right, top, bottom) = (Int.max, 0, Int.max, 0)
    for run in runs {
      left = min(left, run.columns.lowerBound)
      right = max(right, run.columns.upperBound)
      top = min(top, run.y)
      bottom = max(bottom, run.y + 1)
    }
    return PixelBox(columns: left..<right, rows: top..<bottom)
  }
}

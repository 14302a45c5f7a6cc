/// How far cells that lie close to each other are apart, found from run to run of neighbouring rows.
///
/// A distance is the larger of that in columns and that in rows: 1 is between pixels that share an edge or a corner.
struct CellDistances: Sendable {
  /// Two cells, the lower number first.
  struct Pair: Hashable, Sendable {
    let low: LabelImage.Label
    let high: LabelImage.Label
  }

  /// The distances of all that are near enough.
  private(set) var pairs: [Pair: Int] = [:]

  private let reach: Int
  private let only: LabelImage.Label?
  /// Distances that were found of late: the same two cells meet row after row.
  private var recent = [(pair: Pair, distance: Int)](
    repeating: (Pair(low: 0, high: 0), 0), count: 512)

  /// Looks at the pixels of a box, for neighbours of one cell or of all; cells farther apart than `reach`, at least 1, are
  /// none.
  init(
    in labels: TiledLabels, box: PixelBox, reach: Int, of only: LabelImage.Label? = nil
  ) {
    (self.reach, self.only) = (reach, only)
    // The last rows, the nearest one last.
    var above: [[TiledLabels.RowRun]] = []
    for y in box.rows {
      let runs = labels.cellRuns(ofRow: y, columns: box.columns)
      for (place, run) in runs.enumerated() {
        for next in runs[(place + 1)...] {
          guard next.columns.lowerBound - run.columns.upperBound < reach else { break }
          add(run, next, rows: 0)
        }
      }
      for (place, row) in above.enumerated() where !row.isEmpty {
        compare(row, runs, rows: above.count - place)
      }
      if above.count == reach { above.removeFirst() }
      above.append(runs)
    }
  }

  /// The distances of a cell's neighbours.
  func neighbours(of label: LabelImage.Label) -> [LabelImage.Label: Int] {
    var found: [LabelImage.Label: Int] = [:]
    for (pair, distance) in pairs {
      if pair.low == label { found[pair.high] = distance }
      if pair.high == label { found[pair.low] = distance }
    }
    return found
  }

  /// The distances of every cell's neighbours.
  var byCell: [LabelImage.Label: [LabelImage.Label: Int]] {
    var found: [LabelImage.Label: [LabelImage.Label: Int]] = [:]
    for (pair, distance) in pairs {
      found[pair.low, default: [:]][pair.high] = distance
      found[pair.high, default: [:]][pair.low] = distance
    }
    return found
  }

  private mutating func compare(
    _ upper: [TiledLabels.RowRun], _ lower: [TiledLabels.RowRun], rows: Int
  ) {
    var first = 0
    for run in lower {
      while first < upper.count,
        upper[first].columns.upperBound + reach <= run.columns.lowerBound
      { first += 1 }
      var place = first
      while place < upper.count,
        upper[place].columns.lowerBound < run.columns.upperBound + reach
      {
        add(upper[place], run, rows: rows)
        place += 1
      }
    }
  }

  private mutating func add(_ a: TiledLabels.RowRun, _ b: TiledLabels.RowRun, rows: Int) {
    guard a.label != b.label, only == nil || a.label == only || b.label == only else { return }
    let columns = max(
      a.columns.lowerBound - b.columns.upperBound, b.columns.lowerBound - a.columns.upperBound, -1)
    let distance = max(columns + 1, rows)
    guard distance <= reach else { return }
    let pair = Pair(low: min(a.label, b.label), high: max(a.label, b.label))
    let place = (Int(pair.low) &* 31 &+ Int(pair.high)) % recent.count
    guard recent[place].pair != pair || recent[place].distance > distance else { return }
    recent[place] = (pair, distance)
    pairs[pair] = min(pairs[pair] ?? distance, distance)
  }
}

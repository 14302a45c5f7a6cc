/// Runs of pixels, counted row by row over a picture: each of one row, in order, none touching the one before it.
///
/// The width may be that of a picture that is nowhere, such as a part with a margin.
struct PixelRuns: Equatable, Sendable {
  /// Pixels in a row.
  let width: Int
  /// The runs.
  let runs: [Range<Int>]

  /// Takes runs of one row each, in any order, that may overlap.
  init(_ runs: [Range<Int>], width: Int) {
    self.width = width
    var joined: [Range<Int>] = []
    joined.reserveCapacity(runs.count)
    for run in runs.sorted(by: { $0.lowerBound < $1.lowerBound }) where !run.isEmpty {
      if let last = joined.last, run.lowerBound <= last.upperBound,
        run.lowerBound < last.upperBound || !run.lowerBound.isMultiple(of: width)
      {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, run.upperBound)
      } else {
        joined.append(run)
      }
    }
    self.runs = joined
  }

  /// The pixels.
  var count: Int { runs.reduce(0) { $0 + $1.count } }

  /// The pixels that others do not have.
  func subtracting(_ other: PixelRuns) -> PixelRuns {
    var rest: [Range<Int>] = []
    var first = 0
    for run in runs {
      while first < other.runs.count, other.runs[first].upperBound <= run.lowerBound { first += 1 }
      var start = run.lowerBound
      var place = first
      while place < other.runs.count, other.runs[place].lowerBound < run.upperBound {
        let hole = other.runs[place]
        if start < hole.lowerBound { rest.append(start..<hole.lowerBound) }
        start = hole.upperBound
        place += 1
      }
      if start < run.upperBound { rest.append(start..<run.upperBound) }
    }
    return PixelRuns(rest, width: width)
  }

  /// The pixels up to one row and one column away, in a picture of some rows, these runs' own among them.
  func grown(height: Int) -> PixelRuns {
    PixelRuns(
      runs.flatMap { run in
        let row = run.lowerBound / width
        let first = max(run.lowerBound - 1, row * width) - row * width
        let end = min(run.upperBound + 1, (row + 1) * width) - row * width
        return (max(row - 1, 0)...min(row + 1, height - 1)).map {
          $0 * width + first..<$0 * width + end
        }
      }, width: width)
  }

  /// The number of the piece that each run is of, from 0 on in the order of first pixels.
  ///
  /// Pixels that share an edge are of one piece, and those that share a corner where `corners` counts.
  func pieces(corners: Bool) -> (count: Int, ofRuns: [Int]) {
    var sets = DisjointSets(count: runs.count)
    let reach = corners ? 1 : 0
    var first = 0
    for (place, run) in runs.enumerated() {
      let above = run.lowerBound / width - 1
      while runs[first].lowerBound / width < above
        || runs[first].lowerBound / width == above
          && runs[first].upperBound + width + reach <= run.lowerBound
      { first += 1 }
      var other = first
      while other < place, runs[other].lowerBound / width == above,
        runs[other].lowerBound + width < run.upperBound + reach
      {
        sets.join(other, place)
        other += 1
      }
    }
    var numbers = [Int](repeating: 0, count: runs.count)
    var count = 0
    for place in runs.indices {
      let lowest = sets.lowest(of: place)
      if lowest == place {
        numbers[place] = count
        count += 1
      } else {
        numbers[place] = numbers[lowest]
      }
    }
    return (count, numbers)
  }

  /// What the runs enclose: pixels from which no way over the edges of others leads away.
  var enclosed: PixelRuns {
    guard let first = runs.first, let last = runs.last else { return self }
    let left = runs.reduce(width) { min($0, $1.lowerBound % width) }
    let right = runs.reduce(0) { max($0, ($1.upperBound - 1) % width + 1) }
    let rows = first.lowerBound / width...last.lowerBound / width
    let box = PixelRuns(rows.map { $0 * width + left..<$0 * width + right }, width: width)
    let gaps = box.subtracting(self)
    let pieces = gaps.pieces(corners: false)
    var isOutside = [Bool](repeating: false, count: pieces.count)
    for (gap, piece) in zip(gaps.runs, pieces.ofRuns) {
      let row = gap.lowerBound / width
      if row == rows.lowerBound || row == rows.upperBound
        || gap.lowerBound - row * width == left || gap.upperBound - row * width == right
      {
        isOutside[piece] = true
      }
    }
    return PixelRuns(
      zip(gaps.runs, pieces.ofRuns).filter { !isOutside[$0.1] }.map(\.0), width: width)
  }
}

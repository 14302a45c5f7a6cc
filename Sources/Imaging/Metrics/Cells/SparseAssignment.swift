/// One-to-one pairs of rows and columns with the largest sum of weights, where few pairs are allowed.
///
/// The Hungarian method by shortest augmenting paths (Jonker and Volgenant 1987), each found by Dijkstra's
/// algorithm over the allowed pairs only: a search never leaves the piece of the graph in which it began, and ends
/// at the nearest free column, or at a row that does best to stay alone. Every row may, at a cost of 0; costs are
/// weights with the other sign.
struct SparseAssignment {
  /// A row and a column that may be paired.
  struct Edge {
    let row: Int
    let column: Int
    /// More than zero.
    let weight: PairWeight
  }

  /// Where a path ends.
  private enum End {
    /// At a column that was free.
    case taking(Int)
    /// At a row that gives its column away, or never had one.
    case leaving(Int)
  }

  private let edges: [Edge]
  /// The edges of a row, as a range of `edges`.
  private var ranges: [Range<Int>]
  /// Dual variables: no cost is less than the sum of its row's and its column's, and pairs' are equal to it.
  private var rowPotentials: [PairWeight]
  private var columnPotentials: [PairWeight]
  private var columnOfRow: [Int?]
  private var rowOfColumn: [Int?]
  /// Of the search in hand, for the columns that it reached.
  private var distances: [PairWeight]
  private var parents: [Int]
  private var search = 0
  private var lastSearch: [Int]

  /// The column of each row; nil where it stays alone.
  ///
  /// - Precondition: the edges are sorted by rows, and none is there twice.
  static func heaviest(rows: Int, columns: Int, edges: [Edge]) -> [Int?] {
    var assignment = SparseAssignment(rows: rows, columns: columns, edges: edges)
    for row in assignment.takeFirstChoices() { assignment.assign(row) }
    return assignment.columnOfRow
  }

  private init(rows: Int, columns: Int, edges: [Edge]) {
    precondition(zip(edges, edges.dropFirst()).allSatisfy { $0.row <= $1.row }, "edges unsorted")
    self.edges = edges
    ranges = Array(repeating: 0..<0, count: rows)
    var start = 0
    while start < edges.count {
      var end = start + 1
      while end < edges.count, edges[end].row == edges[start].row { end += 1 }
      ranges[edges[start].row] = start..<end
      start = end
    }
    rowPotentials = Array(repeating: .zero, count: rows)
    columnPotentials = Array(repeating: .zero, count: columns)
    columnOfRow = Array(repeating: nil, count: rows)
    rowOfColumn = Array(repeating: nil, count: columns)
    distances = Array(repeating: .zero, count: columns)
    parents = Array(repeating: 0, count: columns)
    lastSearch = Array(repeating: 0, count: columns)
  }

  /// Gives each row its heaviest column where that is free.
  ///
  /// - Returns: the rows that went away empty.
  private mutating func takeFirstChoices() -> [Int] {
    var others: [Int] = []
    for row in ranges.indices {
      guard let best = edges[ranges[row]].max(by: { $0.weight < $1.weight }) else { continue }
      rowPotentials[row] = .zero - best.weight
      if rowOfColumn[best.column] == nil {
        rowOfColumn[best.column] = row
        columnOfRow[row] = best.column
      } else {
        others.append(row)
      }
    }
    return others
  }

  /// Finds the cheapest path from a row without a column, and gives columns away along it.
  private mutating func assign(_ start: Int) {
    search += 1
    var queue = DistanceQueue()
    var settled: [Int] = []
    var (row, distance) = (start, PairWeight.zero)
    var (end, least) = (End.leaving(start), PairWeight.zero - rowPotentials[start])
    while true {
      let alone = distance - rowPotentials[row]
      if alone < least { (end, least) = (.leaving(row), alone) }
      for edge in edges[ranges[row]] {
        let column = edge.column
        let reached = alone - edge.weight - columnPotentials[column]
        guard reached < least, lastSearch[column] != search || reached < distances[column]
        else { continue }
        lastSearch[column] = search
        distances[column] = reached
        parents[column] = row
        if rowOfColumn[column] == nil {
          (end, least) = (.taking(column), reached)
        } else {
          queue.push(column, at: reached)
        }
      }
      guard let (column, nearest) = queue.pop(where: { distances[$0] == $1 }), nearest < least,
        let next = rowOfColumn[column]
      else { break }
      settled.append(column)
      (row, distance) = (next, nearest)
    }
    updatePotentials(from: start, settled: settled, least: least)
    augment(to: end)
  }

  /// Keeps the pairs' costs equal to the sums of their potentials, and makes those of the path so.
  private mutating func updatePotentials(from start: Int, settled: [Int], least: PairWeight) {
    rowPotentials[start] = rowPotentials[start] + least
    for column in settled {
      let slack = least - distances[column]
      columnPotentials[column] = columnPotentials[column] - slack
      if let row = rowOfColumn[column] { rowPotentials[row] = rowPotentials[row] + slack }
    }
  }

  /// Gives each row of a path the column that comes next on it.
  private mutating func augment(to end: End) {
    var next: Int?
    switch end {
    case .taking(let column): next = column
    case .leaving(let row):
      next = columnOfRow[row]
      columnOfRow[row] = nil
    }
    while let column = next {
      let row = parents[column]
      next = columnOfRow[row]
      columnOfRow[row] = column
      rowOfColumn[column] = row
    }
  }
}

/// Columns by their distance, the nearest first: a binary heap.
private struct DistanceQueue {
  private var items: [(column: Int, distance: PairWeight)] = []

  mutating func push(_ column: Int, at distance: PairWeight) {
    items.append((column, distance))
    var place = items.count - 1
    while place > 0, items[place].distance < items[(place - 1) / 2].distance {
      items.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// Takes the nearest out of those that are still wanted, and drops the others on the way.
  mutating func pop(where isWanted: (Int, PairWeight) -> Bool) -> (Int, PairWeight)? {
    while let first = items.first {
      items.swapAt(0, items.count - 1)
      items.removeLast()
      sink()
      if isWanted(first.column, first.distance) { return (first.column, first.distance) }
    }
    return nil
  }

  private mutating func sink() {
    var place = 0
    while true {
      let children = 2 * place + 1..<min(2 * place + 3, max(items.count, 2 * place + 1))
      guard let child = children.min(by: { items[$0].distance < items[$1].distance }),
        items[child].distance < items[place].distance
      else { return }
      items.swapAt(place, child)
      place = child
    }
  }
}

/// How often a number, or numbers of a range, stand in a mask, and where.
struct MaskTally: Equatable, Sendable {
  /// The least number, excluded from a range.
  var lower = 0.0
  /// The greatest.
  var upper = 0.0
  /// Pixels.
  var count = 0
  /// Those that lie outermost.
  var border = 0
  /// Those of whose neighbours, above, below, left and right, at most one has another number.
  var flat = 0
  /// Those whose right neighbour differs by no more than a step in 255 of the file's range.
  var quiet = 0
  /// Places at which they begin, going down: about one for each cell.
  var tops = 0

  /// Adds what was counted of others.
  mutating func add(_ other: MaskTally) {
    count += other.count
    border += other.border
    flat += other.flat
    quiet += other.quiet
    tops += other.tops
  }

  /// About how many of the pixels are above a number.
  func count(above threshold: Double) -> Int { part(count, above: threshold) }

  /// About how many of the outermost pixels are above a number.
  func border(above threshold: Double) -> Int { part(border, above: threshold) }

  private func part(_ pixels: Int, above threshold: Double) -> Int {
    if lower == upper { return lower > threshold ? pixels : 0 }
    if lower >= threshold { return pixels }
    guard upper > threshold else { return 0 }
    return Int((Double(pixels) * (upper - threshold) / (upper - lower)).rounded())
  }
}

/// Counts the numbers of a mask, each by itself as long as they are few, in ranges else.
struct MaskCounter<Number: MaskNumber> {
  /// The numbers of which there are pixels, in order; each alone, or in ranges.
  var tallies: [MaskTally] {
    (isExact ? cells : bins).filter { $0.count > 0 }
      .sorted { ($0.lower, $0.upper) < ($1.lower, $1.upper) }
  }

  /// Whether each number is counted by itself.
  private var isExact = true
  private var cells: [MaskTally] = []
  private var bins: [MaskTally] = []
  /// Slots of a table of numbers: the place in `cells` and the number; -1 where there is none.
  private var table: [(place: Int32, number: Double)] = []
  private let range: ClosedRange<Double>

  /// Counts numbers of a range.
  init(_ range: ClosedRange<Double>) {
    self.range = range
    if Number.places > 0 {
      cells = Array(repeating: MaskTally(lower: 0, upper: 0), count: Number.places)
    } else {
      table = Array(repeating: (-1, 0), count: 4 * MaskEvidence.mostValues)
    }
  }

  /// Adds what was counted of a number.
  mutating func add(_ number: Number, _ counted: MaskTally) {
    // -0 is 0.
    let value = number.number + 0
    guard isExact else { return bins[bin(of: value)].add(counted) }
    if Number.places > 0 {
      (cells[number.place].lower, cells[number.place].upper) = (value, value)
      return cells[number.place].add(counted)
    }
    if let place = place(of: value) { return cells[place].add(counted) }
    spread()
    bins[bin(of: value)].add(counted)
  }

  /// The place of a number among those that are counted; nil where there are too many.
  private mutating func place(of value: Double) -> Int? {
    var slot = Int(truncatingIfNeeded: (value.bitPattern &* 0x9e37_79b9_7f4a_7c15) >> 40)
    while true {
      slot &= table.count - 1
      if table[slot].place < 0 { break }
      if table[slot].number == value { return Int(table[slot].place) }
      slot += 1
    }
    guard cells.count < MaskEvidence.mostValues else { return nil }
    table[slot] = (Int32(cells.count), value)
    cells.append(MaskTally(lower: value, upper: value))
    return cells.count - 1
  }

  /// Counts by ranges from now on; 0 and the greatest number stay by themselves.
  private mutating func spread() {
    isExact = false
    // Halves: the whole of it may be more than a number holds.
    let step =
      (range.upperBound / 2 - range.lowerBound / 2) / Double(MaskEvidence.rangeCount) * 2
    bins = (0..<MaskEvidence.rangeCount).map { index in
      let lower = range.lowerBound + Double(index) * step
      return MaskTally(lower: lower, upper: lower + step)
    }
    bins.append(MaskTally(lower: 0, upper: 0))
    bins.append(MaskTally(lower: range.upperBound, upper: range.upperBound))
    for tally in cells where tally.count > 0 { bins[bin(of: tally.lower)].add(tally) }
  }

  private func bin(of value: Double) -> Int {
    if value == 0 { return MaskEvidence.rangeCount }
    if value == range.upperBound { return MaskEvidence.rangeCount + 1 }
    let part =
      (value / 2 - range.lowerBound / 2) / (range.upperBound / 2 - range.lowerBound / 2)
    let index = (part * Double(MaskEvidence.rangeCount)).rounded(.up) - 1
    return Int(min(max(index, 0), Double(MaskEvidence.rangeCount - 1)))
  }
}

extension TiledLabels {
  /// What of a relabelling changes something; nil where two cells would have one number then.
  public func effect(of relabelling: Relabelling) -> Relabelling? {
    let numbers = relabelling.numbers.filter { cells[$0.key] != nil }
    var taken = Set(cells.keys).subtracting(numbers.keys)
    for number in numbers.values where number != 0 {
      guard taken.insert(number).inserted else { return nil }
    }
    return Relabelling(numbers)
  }

  /// Gives cells other numbers, or makes ground of them.
  ///
  /// Costs the tiles in which such cells lie, and of these the pixels only where some of a tile's cells become
  /// ground and some do not.
  ///
  /// - Precondition: all of it changes something, as `effect(of:)` has it.
  public mutating func apply(_ relabelling: Relabelling) {
    let parts = parts(of: relabelling)
    let gone = Set(relabelling.numbers.filter { $0.value == 0 }.keys)
    let renumbered = Relabelling(relabelling.numbers.filter { $0.value != 0 })
    var table = LabelTable.Joined(LabelTable(renumbered, on: cells.keys))
    var cleared: [Int] = []
    for place in tiles.indices where !tiles[place].isBlank {
      let part = parts[place]
      if part.contains(.removed) {
        if part == .removed { clear(tile: place) } else { remove(gone, fromTile: place) }
        cleared.append(place)
      }
      if part.contains(.renumbered) { tiles[place].renumber(by: &table) }
    }
    // Their blocks know of pixels of the tiles beside them.
    for place in cleared { forgetBlocks(beside: place) }
    var after: [LabelImage.Label: Cell] = [:]
    after.reserveCapacity(cells.count)
    for (label, cell) in cells {
      let number = relabelling.numbers[label] ?? label
      if number != 0 { after[number] = cell }
    }
    cells = after
  }

  /// The cells that may have pixels in a tile.
  private struct Part: OptionSet {
    let rawValue: UInt8
    static let kept = Part(rawValue: 1)
    static let renumbered = Part(rawValue: 2)
    static let removed = Part(rawValue: 4)
  }

  private func parts(of relabelling: Relabelling) -> [Part] {
    let side = TiledMask.Tile.side
    var parts = [Part](repeating: [], count: tiles.count)
    for (label, cell) in cells {
      let part: Part =
        switch relabelling.numbers[label] {
        case nil: .kept
        case 0: .removed
        default: .renumbered
        }
      let (columns, rows) = (cell.reach.columns, cell.reach.rows)
      for row in rows.lowerBound / side...(rows.upperBound - 1) / side {
        for column in columns.lowerBound / side...(columns.upperBound - 1) / side {
          parts[row * mask.columns + column].insert(part)
        }
      }
    }
    return parts
  }

  /// Makes ground of a tile.
  private mutating func clear(tile place: Int) {
    mask.clear(tile: place)
    tiles[place] = .blank
  }

  /// Makes ground of some cells' pixels in a tile.
  private mutating func remove(_ gone: Set<LabelImage.Label>, fromTile place: Int) {
    let side = TiledMask.Tile.side
    let labels = tiles[place].labels
    var isGone = (label: LabelImage.Label(0), answer: false)
    for row in 0..<side {
      let word = mask.tiles[place].words[row]
      var (rest, bits) = (word, UInt64(0))
      while rest != 0 {
        let column = rest.trailingZeroBitCount
        rest &= rest - 1
        let label = labels[row * side + column]
        if label != isGone.label { isGone = (label, gone.contains(label)) }
        if isGone.answer { bits |= 1 << UInt64(column) }
      }
      guard bits != 0 else { continue }
      mask.clear(bits, inRow: row, ofTile: place)
      var runs = BitRuns()
      runs.add(bits, from: 0)
      for run in runs.found {
        let own = (UInt64.max >> UInt64(side - run.count)) << UInt64(run.lowerBound)
        tiles[place].set(own, inRow: row, to: 0)
      }
    }
    if mask.tiles[place].area == 0 { tiles[place] = .blank }
  }

  private mutating func forgetBlocks(beside place: Int) {
    let columns = mask.columns
    if !place.isMultiple(of: columns) { tiles[place - 1].forgetBlocks() }
    if !(place + 1).isMultiple(of: columns) { tiles[place + 1].forgetBlocks() }
    if place >= columns { tiles[place - columns].forgetBlocks() }
    if place + columns < tiles.count { tiles[place + columns].forgetBlocks() }
  }
}

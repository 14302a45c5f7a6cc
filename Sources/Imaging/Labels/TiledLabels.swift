/// A label image in tiles of 64 by 64 pixels that copies share until one of them is drawn on, with its mask.
///
/// As in ``TiledMask`` a stroke, its undo and a comparison cost the tiles that differ and not the image. What is
/// cell at all is kept in step as ``mask``, so that all that looks at no single cell reads that.
public struct TiledLabels: Equatable, Sendable {
  /// What is known of a cell without a look at its pixels.
  public struct Cell: Equatable, Sendable {
    /// Its pixels.
    public fileprivate(set) var area: Int
    /// Columns and rows outside of which it has no pixel; may be larger than it is after pixels were taken away.
    fileprivate(set) var reach: PixelBox
    /// The sums of its pixels' columns and rows.
    fileprivate var sums = SIMD2<Int>.zero

    /// The mean column and row of its pixels.
    public var centroid: SIMD2<Double> {
      SIMD2(Double(sums.x), Double(sums.y)) / Double(area)
    }
  }

  /// The pixels that are of any cell.
  public internal(set) var mask: TiledMask
  /// The cells that have a pixel.
  public internal(set) var cells: [LabelImage.Label: Cell] = [:]
  /// Row by row.
  var tiles: [Tile]

  /// No cells.
  public init(width: Int, height: Int) {
    mask = TiledMask(width: width, height: height)
    tiles = Array(repeating: .blank, count: mask.tiles.count)
  }

  /// The label image as tiles.
  public init(_ image: LabelImage) {
    self.init(width: image.width, height: image.height)
    var index = 0
    while index < image.labels.count {
      let label = image.labels[index]
      let rowEnd = (index / width + 1) * width
      var end = index + 1
      while end < rowEnd, image.labels[end] == label { end += 1 }
      if label != 0 { fill(index..<end, from: 0, to: label) }
      index = end
    }
  }

  /// Pixels in a row.
  public var width: Int { mask.width }
  /// Rows.
  public var height: Int { mask.height }
  /// Pixels, cell or not.
  public var pixelCount: Int { mask.pixelCount }

  /// The number of the cell at the pixel in column `x` of row `y`; 0 is ground.
  public subscript(x: Int, y: Int) -> LabelImage.Label {
    let side = TiledMask.Tile.side
    let tile = tiles[y / side * mask.columns + x / side].labels
    return tile.isEmpty ? 0 : tile[y % side * side + x % side]
  }

  /// The numbers of pixels of a row, for drawing.
  public func labels(ofRow y: Int, columns: Range<Int>) -> [LabelImage.Label] {
    let side = TiledMask.Tile.side
    var labels = [LabelImage.Label](repeating: 0, count: columns.count)
    var x = columns.lowerBound
    while x < columns.upperBound {
      let end = min(columns.upperBound, (x | (side - 1)) + 1)
      let tile = tiles[y / side * mask.columns + x / side].labels
      if !tile.isEmpty {
        let start = y % side * side + x % side
        for offset in 0..<end - x { labels[x - columns.lowerBound + offset] = tile[start + offset] }
      }
      x = end
    }
    return labels
  }

  /// Carries out an edit.
  ///
  /// - Precondition: each run is of the cell that the edit says it was of.
  public mutating func apply(_ edit: LabelEdit) {
    for change in edit.changes { fill(change.run, from: change.old, to: change.new) }
  }

  /// What of a stroke changes something; nil where it does not fit into the picture.
  public func effect(of stroke: LabelStroke) -> LabelEdit? {
    let all = 0..<pixelCount
    guard stroke.parts.allSatisfy({ $0.runs.allSatisfy { $0.clamped(to: all) == $0 } }) else {
      return nil
    }
    var changes: [LabelEdit.Change] = []
    for (run, label) in stroke.inOrder { append(changesOf: run, to: label, &changes) }
    return LabelEdit(changes)
  }

  /// What turns these cells into others of the same size; looks only at tiles that they do not share.
  public func edit(to other: TiledLabels) -> LabelEdit {
    edit(to: other, mostTiles: .max) ?? LabelEdit()
  }

  /// The same; nil, which is known soon, where more than so many tiles differ.
  public func edit(to other: TiledLabels, mostTiles: Int) -> LabelEdit? {
    precondition(
      width == other.width && height == other.height,
      "\(width)x\(height) against \(other.width)x\(other.height)")
    var places: [Int] = []
    for place in tiles.indices where tiles[place] != other.tiles[place] {
      guard places.count < mostTiles else { return nil }
      places.append(place)
    }
    let side = TiledMask.Tile.side
    var changes: [LabelEdit.Change] = []
    var rest = places[...]
    while let next = rest.first {
      let first = next / mask.columns * mask.columns
      let top = first / mask.columns * side
      let changed = rest.prefix { $0 < first + mask.columns }
      rest = rest.dropFirst(changed.count)
      let labels = changed.map { (before: tiles[$0].labels, after: other.tiles[$0].labels) }
      for row in top..<min(top + side, height) {
        let base = (row - top) * side
        for (place, (before, after)) in zip(changed, labels) {
          let start = (place - first) * side
          let count = min(side, width - start)
          var x = 0
          while x < count {
            let old = before.isEmpty ? 0 : before[base + x]
            let new = after.isEmpty ? 0 : after[base + x]
            var end = x + 1
            while end < count, (before.isEmpty ? 0 : before[base + end]) == old,
              (after.isEmpty ? 0 : after[base + end]) == new
            { end += 1 }
            if old != new {
              let run = row * width + start + x..<row * width + start + end
              changes.append(LabelEdit.Change(run, from: old, to: new))
            }
            x = end
          }
        }
      }
    }
    return LabelEdit(changes)
  }

  /// The parts of some runs that are of one cell, or ground, in order; each is of one row.
  public func runs(of label: LabelImage.Label, in runs: [Range<Int>]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for run in runs { forEachPiece(of: run) { if $1 == label { found.append($0) } } }
    return found
  }

  /// The runs of a cell's pixels, a row each, in order.
  public func runs(of label: LabelImage.Label) -> [Range<Int>] {
    guard let cell = cells[label] else { return [] }
    let columns = cell.reach.columns
    return runs(
      of: label,
      in: cell.reach.rows.map { y in
        y * width + columns.lowerBound..<y * width + columns.upperBound
      })
  }

  /// The smallest box around a cell's pixels; nil where it has none.
  public func box(of label: LabelImage.Label) -> PixelBox? {
    let runs = runs(of: label)
    guard let first = runs.first, let last = runs.last else { return nil }
    let left = runs.reduce(width) { min($0, $1.lowerBound % width) }
    let right = runs.reduce(0) { max($0, ($1.upperBound - 1) % width) }
    return PixelBox(
      columns: left..<right + 1, rows: first.lowerBound / width..<last.lowerBound / width + 1)
  }

  /// The parts of a run, each of one row and one number, in order.
  public func pieces(of run: Range<Int>) -> [(run: Range<Int>, label: LabelImage.Label)] {
    var found: [(run: Range<Int>, label: LabelImage.Label)] = []
    forEachPiece(of: run) { found.append(($0, $1)) }
    return found
  }

  private func append(
    changesOf run: Range<Int>, to label: LabelImage.Label, _ changes: inout [LabelEdit.Change]
  ) {
    forEachPiece(of: run) {
      if $1 != label { changes.append(LabelEdit.Change($0, from: $1, to: label)) }
    }
  }

  /// Goes through the parts of a run, each of one row and one number, in order, from tile to tile.
  private func forEachPiece(
    of run: Range<Int>, _ body: (_ run: Range<Int>, _ label: LabelImage.Label) -> Void
  ) {
    let side = TiledMask.Tile.side
    var index = run.lowerBound
    while index < run.upperBound {
      let row = index / width
      let first = row * width
      let end = min(run.upperBound, first + width)
      var (start, label) = (index, self[index - first, row])
      while index < end {
        let x = index - first
        let tileEnd = min(end, first + (x | (side - 1)) + 1)
        let tile = tiles[row / side * mask.columns + x / side].labels
        if tile.isEmpty {
          if label != 0 {
            body(start..<index, label)
            (start, label) = (index, 0)
          }
          index = tileEnd
        } else {
          var place = row % side * side + x % side
          while index < tileEnd {
            if tile[place] != label {
              body(start..<index, label)
              (start, label) = (index, tile[place])
            }
            index += 1
            place += 1
          }
        }
      }
      body(start..<end, label)
    }
  }

  /// Gives pixels of one cell to another.
  private mutating func fill(
    _ run: Range<Int>, from old: LabelImage.Label, to new: LabelImage.Label
  ) {
    guard !run.isEmpty, old != new else { return }
    if (old == 0) != (new == 0) { mask.fill(run, with: new != 0) }
    count(run, of: old, sign: -1)
    count(run, of: new, sign: 1)
    TiledMask.forEachWord(of: run, width: width) { tile, row, bits, _ in
      if new == 0, mask.tiles[tile].area == 0 {
        tiles[tile] = .blank
      } else {
        tiles[tile].set(bits, inRow: row, to: new)
      }
      forgetBlocks(beside: bits, inRow: row, of: tile)
    }
  }

  /// Blocks know of pixels beside them, those of the next tile among them.
  private mutating func forgetBlocks(beside bits: UInt64, inRow row: Int, of tile: Int) {
    let columns = mask.columns
    if bits & 1 != 0, !tile.isMultiple(of: columns) { tiles[tile - 1].forgetBlocks() }
    if bits.leadingZeroBitCount == 0, !(tile + 1).isMultiple(of: columns) {
      tiles[tile + 1].forgetBlocks()
    }
    if row == 0, tile >= columns { tiles[tile - columns].forgetBlocks() }
    if row == TiledMask.Tile.side - 1, tile + columns < tiles.count {
      tiles[tile + columns].forgetBlocks()
    }
  }

  /// Keeps in step what is known of a cell; `sign` is 1 for pixels that it gains, -1 for those it loses.
  private mutating func count(_ run: Range<Int>, of label: LabelImage.Label, sign: Int) {
    guard label != 0 else { return }
    var known = cells[label]
    var index = run.lowerBound
    while index < run.upperBound {
      let row = index / width
      let end = min(run.upperBound, (row + 1) * width)
      let columns = index - row * width..<end - row * width
      let box = PixelBox(columns: columns, rows: row..<row + 1)
      var cell = known ?? Cell(area: 0, reach: box)
      if sign > 0 { cell.reach = cell.reach.union(box) }
      cell.area += sign * columns.count
      let columnSum = (columns.lowerBound + columns.upperBound - 1) * columns.count / 2
      cell.sums &+= SIMD2(sign * columnSum, sign * row * columns.count)
      known = cell
      index = end
    }
    cells[label] = known.flatMap { $0.area > 0 ? $0 : nil }
  }

  /// Takes the memory of those tiles of other cells of the same size that are as these, so that comparing the two
  /// is quick.
  public mutating func share(tilesOf other: TiledLabels) {
    precondition(
      width == other.width && height == other.height,
      "\(width)x\(height) against \(other.width)x\(other.height)")
    for place in tiles.indices where tiles[place] == other.tiles[place] {
      tiles[place].share(other.tiles[place])
    }
    mask.share(tilesOf: other.mask)
  }

  /// Equal are the same numbers at the same pixels, whatever was there before.
  public static func == (a: TiledLabels, b: TiledLabels) -> Bool {
    a.mask == b.mask && a.tiles == b.tiles
  }
}

/// Columns and rows of a picture.
public struct PixelBox: Equatable, Hashable, Sendable {
  /// The columns.
  public let columns: Range<Int>
  /// The rows.
  public let rows: Range<Int>

  /// Takes columns and rows.
  public init(columns: Range<Int>, rows: Range<Int>) {
    (self.columns, self.rows) = (columns, rows)
  }

  /// The smallest box around both.
  public func union(_ other: PixelBox) -> PixelBox {
    func join(_ a: Range<Int>, _ b: Range<Int>) -> Range<Int> {
      min(a.lowerBound, b.lowerBound)..<max(a.upperBound, b.upperBound)
    }
    return PixelBox(columns: join(columns, other.columns), rows: join(rows, other.rows))
  }
}

extension LabelImage {
  /// A label image out of tiles.
  public init(_ tiled: TiledLabels) {
    var labels: [Label] = []
    labels.reserveCapacity(tiled.pixelCount)
    for y in 0..<tiled.height { labels += tiled.labels(ofRow: y, columns: 0..<tiled.width) }
    self.init(width: tiled.width, height: tiled.height, labels: labels)
  }
}

/// A mask in tiles of 64 by 64 pixels, a bit a pixel, that copies share until one of them is drawn on.
///
/// A stroke, its undo and the comparison of a mask with what it was cost the tiles that differ and not
/// the image. Each tile knows how much of it is cell, and how much of each of its blocks of 8 by 8, so
/// that a mask is drawn small without a look at its pixels.
///
/// Runs are ranges of pixels counted row by row over the whole mask, as in `MaskEdit`.
public struct TiledMask: Equatable, Sendable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Pixels that are cell.
  public private(set) var area = 0
  /// Row by row.
  var tiles: [Tile]
  /// Tiles in a row.
  let columns: Int

  /// An empty mask.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
    columns = (width + Tile.side - 1) / Tile.side
    let bands = (height + Tile.side - 1) / Tile.side
    tiles = Array(repeating: .blank, count: columns * bands)
  }

  /// The mask as tiles.
  public init(_ mask: Mask) {
    self.init(width: mask.width, height: mask.height)
    guard width > 0 else { return }
    for y in 0..<height {
      for column in 0..<columns {
        let start = y * width + column * Tile.side
        let end = min(start + Tile.side, (y + 1) * width)
        var bits: UInt64 = 0
        for index in start..<end { bits |= UInt64(mask.pixels[index]) << UInt64(index - start) }
        guard bits != 0 else { continue }
        let place = y / Tile.side * columns + column
        area += tiles[place].set(bits, inRow: y % Tile.side, to: true)
      }
    }
  }

  /// Pixels, cell or not.
  public var pixelCount: Int { width * height }

  /// Whether the pixel in column `x` of row `y` is cell.
  public subscript(x: Int, y: Int) -> Bool {
    word(ofPixel: x, row: y) &>> UInt64(x % Tile.side) & 1 == 1
  }

  /// Makes a run of pixels cell or background.
  public mutating func fill(_ run: Range<Int>, with cell: Bool) {
    Self.forEachWord(of: run, width: width) { tile, row, bits, _ in
      area += tiles[tile].set(bits, inRow: row, to: cell)
    }
  }

  /// Makes pixels of a tile's row background.
  mutating func clear(_ bits: UInt64, inRow row: Int, ofTile place: Int) {
    area += tiles[place].set(bits, inRow: row, to: false)
  }

  /// Makes a tile background.
  mutating func clear(tile place: Int) {
    area -= tiles[place].area
    tiles[place] = .blank
  }

  /// Carries out an edit.
  public mutating func apply(_ edit: MaskEdit) {
    for run in edit.added { fill(run, with: true) }
    for run in edit.removed { fill(run, with: false) }
  }

  /// The 64 pixels among which one is, the leftmost in the lowest bit.
  func word(ofPixel x: Int, row y: Int) -> UInt64 {
    tiles[y / Tile.side * columns + x / Tile.side].words[y % Tile.side]
  }

  /// Goes through a run from tile to tile and from row to row.
  ///
  /// `body` takes the tile's place among all, the tile's row, the run's pixels among that row's 64, and
  /// the row's first pixel, counted over the whole mask.
  static func forEachWord(
    of run: Range<Int>, width: Int,
    _ body: (_ tile: Int, _ row: Int, _ bits: UInt64, _ start: Int) -> Void
  ) {
    let columns = (width + Tile.side - 1) / Tile.side
    var index = run.lowerBound
    while index < run.upperBound {
      let row = index / width
      let first = row * width
      let end = min(run.upperBound - first, width)
      var x = index - first
      while x < end {
        let next = min(end, (x | (Tile.side - 1)) + 1)
        let bits = (UInt64.max &>> UInt64(Tile.side - (next - x))) &<< UInt64(x % Tile.side)
        let column = x / Tile.side
        body(
          row / Tile.side * columns + column, row % Tile.side, bits, first + column * Tile.side)
        x = next
      }
      index = first + end
    }
  }

  /// Pixels of some runs that are cell.
  public func area(in runs: [Range<Int>]) -> Int {
    var area = 0
    for run in runs {
      Self.forEachWord(of: run, width: width) { tile, row, bits, _ in
        area += (tiles[tile].words[row] & bits).nonzeroBitCount
      }
    }
    return area
  }

  /// The parts of some runs that are cell, or background; parts that touch are one.
  ///
  /// - Precondition: no run begins before the end of the one before it.
  public func runs(of cell: Bool, in runs: [Range<Int>]) -> [Range<Int>] {
    var parts = BitRuns()
    for run in runs {
      Self.forEachWord(of: run, width: width) { tile, row, bits, start in
        let word = tiles[tile].words[row]
        parts.add((cell ? word : ~word) & bits, from: start)
      }
    }
    return parts.found
  }

  /// Takes those tiles of another mask of the same size that are as these.
  mutating func share(tilesOf other: TiledMask) {
    for place in tiles.indices where tiles[place] == other.tiles[place] {
      tiles[place] = other.tiles[place]
    }
  }

  /// Pixels that are cell here and in another mask of the same size.
  public func common(with other: TiledMask) -> Int {
    var common = 0
    for (a, b) in zip(tiles, other.tiles) where a.area > 0 && b.area > 0 {
      for row in 0..<Tile.side { common += (a.words[row] & b.words[row]).nonzeroBitCount }
    }
    return common
  }
}

extension Mask {
  /// A mask out of tiles.
  public init(_ tiled: TiledMask) {
    self.init(width: tiled.width, height: tiled.height)
    for run in tiled.runs(of: true, in: [0..<tiled.pixelCount]) { fill(run, with: true) }
  }
}

extension TiledLabels {
  /// The numbers of 64 by 64 pixels; beyond the picture's border is ground.
  struct Tile: Equatable, Sendable {
    /// Row by row; empty where there is no cell.
    private(set) var labels: [LabelImage.Label] = []
    /// What was worked out of these pixels and those beside the tile; copies share it.
    private var memory: BlockMemory?

    /// A tile without a cell.
    static let blank = Tile()

    /// Gives some pixels of a row, which follow each other, to a cell or to the ground.
    mutating func set(_ bits: UInt64, inRow row: Int, to label: LabelImage.Label) {
      let side = TiledMask.Tile.side
      if labels.isEmpty { labels = Array(repeating: 0, count: side * side) }
      let first = row * side + bits.trailingZeroBitCount
      for place in first..<first + bits.nonzeroBitCount { labels[place] = label }
      forgetBlocks()
    }

    /// Takes the pixels' memory of a tile that is as this; blocks, which know of other tiles as well, are its own.
    mutating func share(_ other: Tile) { labels = other.labels }

    /// Leaves what was worked out to copies that are as they were.
    mutating func forgetBlocks() {
      guard !labels.isEmpty else { return }
      if isKnownUniquelyReferenced(&memory) {
        memory?.forget()
      } else {
        memory = BlockMemory()
      }
    }

    /// The blocks of one size that is remembered, row by row, those of all such sizes worked out by `make` unless
    /// they are known; nil where there is no cell.
    func blocks(shift: Int, make: () -> [[CellBlock]]) -> [CellBlock]? {
      memory?.blocks(shift: shift, make: make)
    }

    static func == (a: Tile, b: Tile) -> Bool { a.labels == b.labels }
  }
}

extension TiledLabels {
  /// The numbers of 64 by 64 pixels; beyond the picture's border is ground.
  struct Tile: Equatable, Sendable {
    /// Row by row; empty where there is no cell, or where they are renumbered.
    private var pixels: [LabelImage.Label] = []
    /// The pixels where their cells have other numbers since they were drawn.
    private var renumbered: RenumberedPixels?
    /// What was worked out of these pixels and those beside the tile; copies share it.
    private var memory: BlockMemory?

    /// A tile without a cell.
    static let blank = Tile()

    /// Row by row; empty where there is no cell.
    var labels: [LabelImage.Label] { renumbered?.labels ?? pixels }

    /// Whether there is no cell.
    var isBlank: Bool { renumbered == nil && pixels.isEmpty }

    /// Gives some pixels of a row, which follow each other, to a cell or to the ground.
    mutating func set(_ bits: UInt64, inRow row: Int, to label: LabelImage.Label) {
      let side = TiledMask.Tile.side
      settle()
      if pixels.isEmpty { pixels = Array(repeating: 0, count: side * side) }
      let first = row * side + bits.trailingZeroBitCount
      for place in first..<first + bits.nonzeroBitCount { pixels[place] = label }
      forgetBlocks()
    }

    /// Gives cells other numbers, none of which two cells share, and looks at no pixel.
    mutating func renumber(by table: inout LabelTable.Joined) {
      guard !isBlank else { return }
      memory = memory?.renumbered(by: &table)
      switch renumbered?.kept {
      case nil: renumbered = RenumberedPixels(pixels, by: table.last)
      case .known(let labels): renumbered = RenumberedPixels(labels, by: table.last)
      case .waiting(let labels, let first):
        let both = table.after(first)
        renumbered = both.isIdentity ? nil : RenumberedPixels(labels, by: both)
        pixels = both.isIdentity ? labels : []
        return
      }
      pixels = []
    }

    /// Takes the pixels' memory of a tile that is as this; blocks, which know of other tiles as well, are its own.
    mutating func share(_ other: Tile) {
      (pixels, renumbered) = (other.pixels, other.renumbered)
    }

    /// Leaves what was worked out to copies that are as they were.
    mutating func forgetBlocks() {
      guard !isBlank else { return }
      if isKnownUniquelyReferenced(&memory) {
        memory?.forget()
      } else {
        memory = BlockMemory()
      }
    }

    /// The blocks of one size that is remembered, row by row, those of all such sizes worked out by `make` unless
    /// they are known; nil where there is no cell.
    func blocks(shift: Int, make: () -> BlockLevels) -> [CellBlock]? {
      memory?.blocks(shift: shift, make: make)
    }

    /// Takes the pixels for its own, to be drawn on.
    private mutating func settle() {
      guard let renumbered else { return }
      pixels = renumbered.labels
      self.renumbered = nil
    }

    static func == (a: Tile, b: Tile) -> Bool {
      a.renumbered != nil && a.renumbered === b.renumbered || a.labels == b.labels
    }
  }
}

extension TiledMask {
  /// 64 by 64 pixels of a mask; what lies beyond the mask's border is background.
  struct Tile: Equatable, Sendable {
    /// Pixels in a row, and rows.
    static let side = 64
    /// Pixels of a block that is counted, in a row and in rows.
    static let blockSide = 8

    /// Pixels that are cell.
    private(set) var area: Int
    /// A word a row, the leftmost pixel in its lowest bit, then a word for each row of blocks: how much
    /// of each block is cell, a byte each.
    private(set) var words: [UInt64]

    /// A tile without a cell; all such share their memory.
    static let blank = Tile(area: 0, words: Array(repeating: 0, count: side + side / blockSide))

    /// A tile that is cell throughout.
    private static let full = Tile(
      area: side * side,
      words: Array(repeating: .max, count: side)
        + Array(repeating: 0x4040_4040_4040_4040, count: side / blockSide))

    /// Makes some pixels of a row cell or background; by how many pixels the area grows.
    mutating func set(_ bits: UInt64, inRow row: Int, to cell: Bool) -> Int {
      let before = words[row]
      let after = cell ? before | bits : before & ~bits
      guard after != before else { return 0 }
      let growth = after.nonzeroBitCount - before.nonzeroBitCount
      area += growth
      switch area {
      case 0: self = .blank
      case Self.side * Self.side: self = .full
      default:
        words[row] = after
        words[Self.side + row / Self.blockSide] &+=
          Self.bytewise(after) &- Self.bytewise(before)
      }
      return growth
    }

    /// The cells of each block of a row of blocks, a byte each, the leftmost in the lowest.
    func blockAreas(_ row: Int) -> UInt64 { words[Self.side + row] }

    /// How many bits of each byte are set.
    private static func bytewise(_ word: UInt64) -> UInt64 {
      let pairs = word &- (word >> 1 & 0x5555_5555_5555_5555)
      let nibbles = (pairs & 0x3333_3333_3333_3333) &+ (pairs >> 2 & 0x3333_3333_3333_3333)
      return (nibbles &+ nibbles >> 4) & 0x0F0F_0F0F_0F0F_0F0F
    }
  }
}

/// Collects the runs of set bits of words that come from left to right; runs that touch become one.
struct BitRuns {
  private(set) var found: [Range<Int>] = []

  /// Adds a word whose lowest bit is the pixel `start`.
  mutating func add(_ bits: UInt64, from start: Int) {
    var rest = bits
    while rest != 0 {
      let low = rest.trailingZeroBitCount
      let length = (~(rest >> UInt64(low))).trailingZeroBitCount
      if let last = found.last, last.upperBound == start + low {
        found[found.count - 1] = last.lowerBound..<start + low + length
      } else {
        found.append(start + low..<start + low + length)
      }
      rest &= low + length < UInt64.bitWidth ? UInt64.max << UInt64(low + length) : 0
    }
  }
}

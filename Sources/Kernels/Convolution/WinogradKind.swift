internal import CKernels

/// How a tile becomes products: its side, and whether it lies behind a nearest doubling.
///
/// F(4,3) needs 36 products for 16 outputs where the plain sum needs 144, F(2,3) 16 for 4 where
/// it needs 36; behind a doubling 25 and 9 suffice, since the position of the point -1 is zero.
enum WinogradKind: Int32 {
  case four = 0
  case two = 1
  case doubledFour = 2
  case doubledTwo = 3

  init(tile: Int, isDoubled: Bool) {
    self = tile == 4 ? (isDoubled ? .doubledFour : .four) : (isDoubled ? .doubledTwo : .two)
  }

  var isDoubled: Bool { self == .doubledFour || self == .doubledTwo }
  /// Side of a tile of outputs.
  var tile: Int { self == .four || self == .doubledFour ? 4 : 2 }
  /// Products of a tile, for one input and one output channel.
  var positions: Int {
    switch self {
    case .four: 36
    case .two: 16
    case .doubledFour: 25
    case .doubledTwo: 9
    }
  }
  /// Places of the side that lies before the doubling: two of F(4,3)'s points share one.
  var sharedPlaces: Int { self == .doubledFour ? 16 : positions }
  /// The transform's number for the feature maps before the doubling, if there is one.
  var small: Int32 { isDoubled ? rawValue + Int32(CK_WINOGRAD_SMALL) : rawValue }
}

/// The tiles of a convolution's feature maps.
struct WinogradTiles {
  let down: Int
  let across: Int
  let count: Int

  init(_ sizes: ConvolutionGeometry, _ kind: WinogradKind) {
    down = ThreadPool.pieces(of: sizes.height, grain: kind.tile)
    across = ThreadPool.pieces(of: sizes.width, grain: kind.tile)
    count = sizes.images * down * across
  }

  func range(_ tiles: Range<Int>) -> ck_tile_range {
    ck_tile_range(
      down: Int32(down), across: Int32(across), first: Int32(tiles.lowerBound),
      count: Int32(tiles.count))
  }
}

/// Where transformed tiles lie in scratch memory: `[part][place][tile][depth]`.
struct WinogradLayout {
  /// Channels of a part.
  let depth: Int
  let parts: Int
  /// Floats from a place to the next; a cache line more than the tiles, so that they do not
  /// collide.
  let gap: Int
  /// Floats from a part to the next.
  let part: Int

  init(tiles: Int, places: Int, channels: Int, depth: Int) {
    self.depth = depth
    parts = ThreadPool.pieces(of: channels, grain: depth)
    gap = tiles * depth + 16
    part = places * gap
  }

  /// Floats of all.
  var count: Int { parts * part }

  /// The layout in memory, from tile `first` on.
  func at(_ base: UnsafeMutablePointer<Float>, from first: Int = 0) -> ck_tiles {
    unsafe ck_tiles(values: base + first * depth, gap: gap, part: part, depth: Int32(depth))
  }
}

/// A grid of channels in which a filter is worked on: inputs in chunks, outputs in groups.
struct WinogradChannels {
  /// Outputs that are worked on together.
  static let group = Int(CK_WINOGRAD_GROUP)

  let inputs: Int
  let outputs: Int
  let chunk: Int

  /// Floats from a position of a transformed filter of a group to the next, for so many inputs: a cache
  /// line more than they take.
  static func gap(_ inputs: Int) -> Int { inputs * group + Int(CK_WINOGRAD_PAD) }

  var chunks: Int { ThreadPool.pieces(of: inputs, grain: chunk) }
  var groups: Int { ThreadPool.pieces(of: outputs, grain: WinogradChannels.group) }

  func chunk(_ index: Int) -> Range<Int> { index * chunk..<min(inputs, (index + 1) * chunk) }
  func group(_ index: Int) -> Range<Int> {
    index * WinogradChannels.group..<min(outputs, (index + 1) * WinogradChannels.group)
  }

  /// The part of a layer's filter that a chunk and a group see; of its adjoint's, with exchanged roles.
  func part(
    of w: UnsafeMutablePointer<Float>, _ chunk: Range<Int>, _ group: Range<Int>,
    isAdjoint: Bool = false, scale: UnsafeMutablePointer<Float>? = nil
  ) -> ck_filter_part {
    unsafe ck_filter_part(
      w: w, inputs: Int32(isAdjoint ? outputs : inputs),
      outputs: Int32(isAdjoint ? inputs : outputs), is_adjoint: isAdjoint ? 1 : 0,
      c0: Int32(chunk.lowerBound), c_count: Int32(chunk.count), k0: Int32(group.lowerBound),
      k_count: Int32(group.count), scale: scale)
  }
}

/// The sizes of Winograd's blocks, each measured on a core with a second cache of 1 MB.
struct WinogradTuning {
  /// Bytes of a transformed filter that is stored.
  var largestFilter = 8 << 20
  /// Tiles of a block where the filter is stored.
  var block = 24
  /// Tiles of a block where it is not: the more, the fewer times the filter is transformed.
  var deepBlock = 128
  /// Tiles up to which a filter that stays the same is stored however large it is: reading it is
  /// quicker than transforming it for so few.
  var fewTiles = 384
  /// Tiles of a block of these.
  var keptBlock = 48
  /// Input channels of a chunk of a filter that is not stored.
  var chunk = 64
  /// Bytes of transformed tiles that are kept for all tasks, of a third cache of 32 MB.
  var stageBytes = 12 << 20
  /// Tiles of a block whose products sum into a filter gradient.
  var gradientBlock = 48
  /// Bytes of transformed tiles of both sides; 64 tiles with 1024 and 512 channels fit.
  var gradientStageBytes = 15 << 20
  /// Input channels of a part of a filter gradient that is not kept.
  var gradientChunk = 32
  /// Bytes of a transformed filter gradient that is kept for each thread.
  var largestGradient = 3 << 20

  /// The size of pieces of `count` that are at most `most` and about equal.
  func even(_ count: Int, most: Int) -> Int {
    let pieces = ThreadPool.pieces(of: count, grain: max(1, most))
    return ThreadPool.pieces(of: count, grain: max(1, pieces))
  }
}

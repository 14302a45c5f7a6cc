internal import CKernels

/// How the points of a lattice are cut into tasks, and where a product finds their depth.
///
/// What a tile of points sees of the source is copied once into a window, activated and with its
/// padding; the products read the window in place, tap by tap, so im2col's matrix is never written.
/// Feature maps of many pixels are cut into tiles whose windows stay in cache. Small deep feature maps
/// (1024 channels on 4 x 4 pixels) have few points and a filter larger than any cache: there the
/// windows of the whole batch are made first, and tasks are tiles of the result's channels, so that
/// the filter is read once. The cuts depend on shapes alone, so the bits do not depend on which
/// thread takes what.
struct DirectPlan: Sendable {
  /// Consecutive floats of depth, by their place in a window.
  struct Run: Sendable {
    let at: Int
    let depth: Int
    let length: Int
  }

  let lattice: Lattice
  let images: Int
  /// Whether the windows of the whole batch are made first.
  let isWhole: Bool
  /// Points of a tile.
  let tileRows: Int
  let tileColumns: Int
  /// Where a window starts, relative to its first point, and its extents.
  let top: Int
  let left: Int
  let windowRows: Int
  let windowColumns: Int
  /// Floats from pixel to pixel in a window.
  let pixel: Int

  /// Points below which the batch is one tile.
  static let wholePoints = 2048
  /// Points of a tile, at most.
  static let tilePoints = 384
  /// Floats of a window at which a tile stops growing: 384 kB, so that it stays in an L2 cache.
  static let windowFloats = 96 << 10
  /// The same for a single output channel, whose sums are quick: 24 kB, part of an L1 cache.
  static let smallWindowFloats = 6 << 10

  init(_ lattice: Lattice, images: Int, targetChannels: Int) {
    self.lattice = lattice
    self.images = images
    isWhole = images * lattice.points < DirectPlan.wholePoints && targetChannels > 1
    // A multiple of 1 kB from pixel to pixel would throw all pixels into a few sets of the L1
    // cache.
    pixel = lattice.channels.isMultiple(of: 256) ? lattice.channels + 16 : lattice.channels
    let (ys, xs) = (lattice.taps.map(\.y), lattice.taps.map(\.x))
    top = ys.min() ?? 0
    left = xs.min() ?? 0
    let (tall, wide) = ((ys.max() ?? 0) - top, (xs.max() ?? 0) - left)
    let step = lattice.step
    let most = targetChannels > 1 ? DirectPlan.windowFloats : DirectPlan.smallWindowFloats
    var (rows, columns) = (lattice.rows, lattice.columns)
    if !isWhole {
      rows = 1
      var pieces = 1
      let pixel = pixel
      let window = { (rows: Int, columns: Int) in
        ((rows - 1) * step + tall + 1) * ((columns - 1) * step + wide + 1) * pixel
      }
      while columns > 32, window(1, columns) > most || columns > DirectPlan.tilePoints {
        pieces += 1
        columns = ThreadPool.pieces(of: lattice.columns, grain: pieces)
      }
      while rows < lattice.rows, (rows + 1) * columns <= DirectPlan.tilePoints,
        window(rows + 1, columns) <= most
      {
        rows += 1
      }
    }
    tileRows = rows
    tileColumns = columns
    windowColumns = (columns - 1) * step + wide + 1
    windowRows = (rows - 1) * step + tall + 1
  }

  /// Floats of a window.
  var window: Int { windowRows * windowColumns * pixel }
  /// Points of a tile; of the whole batch where it is one.
  var tilePoints: Int { tileRows * tileColumns * (isWhole ? images : 1) }
  /// Points of the batch.
  var points: Int { images * lattice.points }
  /// Tiles down an image.
  private var down: Int { ThreadPool.pieces(of: lattice.rows, grain: tileRows) }
  /// Tiles across an image.
  private var across: Int { ThreadPool.pieces(of: lattice.columns, grain: tileColumns) }
  /// Tiles of the batch.
  var tiles: Int { images * down * across }

  /// Whether a source may be read without windows: one tap, always inside, nothing to be applied.
  func readsInPlace(_ source: Pixels) -> Bool {
    guard source.pending == nil, lattice.taps.count == 1 else { return false }
    return top >= 0 && left >= 0 && (lattice.rows - 1) * lattice.step + top < lattice.height
      && (lattice.columns - 1) * lattice.step + left < lattice.width
  }

  /// The depth as runs of at most `longest` floats; taps that lie side by side are one run.
  func runs(longest: Int) -> [Run] {
    var runs: [Run] = []
    var depth = 0
    for tap in lattice.taps {
      let at = ((tap.y - top) * windowColumns + tap.x - left) * pixel
      if let last = runs.last, last.at + last.length == at,
        last.length + lattice.channels <= longest
      {
        runs[runs.count - 1] = Run(
          at: last.at, depth: last.depth, length: last.length + lattice.channels)
      } else {
        for start in stride(from: 0, to: lattice.channels, by: longest) {
          runs.append(
            Run(
              at: at + start, depth: depth + start, length: min(longest, lattice.channels - start)))
        }
      }
      depth += lattice.channels
    }
    return runs
  }

  /// Where tile `index` starts: its image, its first row and column, and its extents.
  func tile(_ index: Int) -> Tile {
    let row = index / across % down * tileRows
    let column = index % across * tileColumns
    return Tile(
      image: index / (across * down), row: row, column: column,
      rows: min(tileRows, lattice.rows - row), columns: min(tileColumns, lattice.columns - column))
  }

  struct Tile {
    let image: Int
    let row: Int
    let column: Int
    let rows: Int
    let columns: Int
  }

  /// Fills `at` with the floats from a tile's first to its every point's in the windows or, read in
  /// place, in the source.
  func placeRows(_ at: UnsafeMutablePointer<Int>, source: Pixels, inPlace: Bool) {
    let step = lattice.step
    let (pixel, line) = inPlace ? (source.stride, source.width) : (self.pixel, windowColumns)
    let image = inPlace ? source.width * source.height * source.stride : window
    for point in 0..<tilePoints {
      let row = point / tileColumns
      let y = row % tileRows * step
      unsafe at[point] =
        row / tileRows * image + (y * line + point % tileColumns * step) * pixel
    }
  }

  /// Fills `to` with the floats from a tile's first to its every point's in the target.
  func placeTargets(_ to: UnsafeMutablePointer<Int>, target: Pixels) {
    let step = lattice.targetStep
    for point in 0..<tilePoints {
      let row = point / tileColumns
      let y = row / tileRows * target.height + row % tileRows * step
      unsafe to[point] = (y * target.width + point % tileColumns * step) * target.stride
    }
  }

  /// The first float of a tile in a source that is read in place.
  func start(of tile: Tile, in source: Pixels) -> UnsafeMutablePointer<Float> {
    let y = tile.image * source.height + tile.row * lattice.step + top
    return unsafe source.base + (y * source.width + tile.column * lattice.step + left)
      * source.stride
  }

  /// The first float of a tile in the target.
  func target(of tile: Tile, in target: Pixels) -> UnsafeMutablePointer<Float> {
    let y = tile.image * target.height + tile.row * lattice.targetStep + lattice.targetRow
    let x = tile.column * lattice.targetStep + lattice.targetColumn
    return unsafe target.base + (y * target.width + x) * target.stride
  }

  /// Makes the window of a tile.
  func fill(_ window: UnsafeMutablePointer<Float>, tile: Tile, source: Pixels) {
    let rows = windowRows - (tileRows - tile.rows) * lattice.step
    unsafe kernels.window(
      source.ck, tile.image, tile.row * lattice.step + top, tile.column * lattice.step + left,
      rows, windowColumns, window, pixel)
  }

  /// Makes the windows of all images, row by row on all threads.
  func fillAll(_ windows: UnsafeMutablePointer<Float>, source: Pixels, pool: ThreadPool) {
    pool.run(images * windowRows) { task, _ in
      unsafe kernels.window(
        source.ck, task / windowRows, task % windowRows + top, left, 1, windowColumns,
        windows + task * windowColumns * pixel, pixel)
    }
  }
}

internal import CKernels

/// The gradient of a filter: windows of the input, transposed, times the gradient of the output.
///
/// The rows of this product are the filter's places and input channels, its columns the output
/// channels, so that results go straight into the filter's layout. With many points each part of
/// the tiles sums into a copy of its own, and the copies are added in their order; with few, tasks
/// are stretches of the filter and each element is written once.
struct DirectGradient: Sendable {
  private let plan: DirectPlan
  private let outputs: Int
  private let inputs: Int
  /// Stretches of rows.
  private let runs: [DirectPlan.Run]

  /// Rows of a task where the batch is one tile: a multiple of the kernel's six.
  static let rows = 96
  /// Points whose gradient is multiplied while it stays in cache.
  static let chunk = 256
  /// Bytes of a filter up to which a thread may have several copies.
  static let smallFilter = 128 << 10

  init(_ sizes: ConvolutionGeometry) {
    plan = DirectPlan(.forward(sizes), images: sizes.images, targetChannels: sizes.outputChannels)
    outputs = sizes.outputChannels
    inputs = sizes.inputChannels
    runs = plan.runs(longest: DirectGradient.rows)
  }

  private var filter: Int { plan.lattice.depth * outputs }
  private func parts(_ threads: Int) -> Int {
    let copies = threads > 1 && filter * 4 <= DirectGradient.smallFilter ? 4 * threads : threads
    return min(copies, plan.tiles)
  }
  /// Floats of the gradient's panels.
  private var panels: Int { plan.tilePoints * filledOutputs }

  func scratch(threads: Int) -> Int {
    let places = 2 * plan.tilePoints
    if plan.isWhole { return ScratchCursor.count(places, panels, plan.images * plan.window) }
    let parts = parts(threads)
    return ScratchCursor.count(
      places, threads * padded(panels), threads * padded(plan.window),
      parts > 1 ? parts * padded(filter) : 0)
  }

  func run(
    _ dy: Pixels, _ x: Pixels, into dw: Buffer, adds: Bool, scratch: Buffer, pool: ThreadPool
  ) {
    // With several outputs the pixels of a tile are read again and again: a copy is nearer.
    let inPlace = plan.readsInPlace(x) && (plan.isWhole || outputs == 1)
    var cursor = ScratchCursor(scratch)
    let at = unsafe cursor.integers(plan.tilePoints)
    unsafe plan.placeRows(at, source: x, inPlace: inPlace)
    let job = unsafe Job(x: x, dy: dy, inPlace: inPlace, at: at)
    if plan.isWhole {
      runWhole(job, into: dw, adds: adds, cursor, pool)
    } else {
      runTiles(job, into: dw, adds: adds, cursor, pool)
    }
  }

  @safe
  private struct Job {
    let x: Pixels
    let dy: Pixels
    let inPlace: Bool
    let at: UnsafePointer<Int>
  }

  private func runTiles(
    _ job: Job, into dw: Buffer, adds: Bool, _ cursor: ScratchCursor, _ pool: ThreadPool
  ) {
    var cursor = cursor
    let (panels, window) = (padded(self.panels), padded(plan.window))
    let gap = padded(filter)
    let parts = parts(pool.threads)
    let gradients = unsafe cursor.floats(pool.threads * panels)
    let windows = unsafe cursor.floats(pool.threads * window)
    let sums = unsafe parts > 1 ? cursor.floats(parts * gap) : dw.base
    pool.run(parts) { part, worker in
      let sum = unsafe sums + part * gap
      var isFirst = parts > 1 || !adds
      for index in part * plan.tiles / parts..<(part + 1) * plan.tiles / parts {
        unsafe addTile(
          job, plan.tile(index), into: sum, isFirst: &isFirst, windows + worker * window,
          gradients + worker * panels)
      }
    }
    guard parts > 1 else { return }
    pool.runPieces(of: filter, grain: 1 << 13) { _, range, _ in
      unsafe kernels.sum_parts(
        sums + range.lowerBound, parts, gap, range.count, dw.base + range.lowerBound,
        adds ? 1 : 0)
    }
  }

  private func addTile(
    _ job: Job, _ tile: DirectPlan.Tile, into sum: UnsafeMutablePointer<Float>,
    isFirst: inout Bool, _ window: UnsafeMutablePointer<Float>,
    _ gradient: UnsafeMutablePointer<Float>
  ) {
    if !job.inPlace { unsafe plan.fill(window, tile: tile, source: job.x) }
    let base = unsafe job.inPlace ? plan.start(of: tile, in: job.x) : window
    let isWide = tile.columns == plan.tileColumns
    // A narrow tile's points do not follow one another in `at`: it goes row by row.
    for row in 0..<(isWide ? 1 : tile.rows) {
      let points = isWide ? tile.rows * tile.columns : tile.columns
      let rows = unsafe GemmRows(base: base, at: job.at + row * plan.tileColumns, count: points)
      let pixel = (tile.image * plan.lattice.rows + tile.row + row) * plan.lattice.columns
      var panels = unsafe UnsafePointer(gradient)
      if isWide && isInPanels(job.dy) {
        unsafe panels = UnsafePointer(job.dy.base + pixel * outputs)
      } else {
        for line in 0..<(isWide ? tile.rows : 1) {
          let first = pixel + line * plan.lattice.columns + tile.column
          for column in panelStarts {
            unsafe lay(
              job.dy, pixel: first, count: tile.columns, column: column,
              into: gradient + column * points + line * tile.columns * filled(column))
          }
        }
      }
      for run in runs {
        unsafe multiply(rows, run, panels, points, into: sum, adds: !isFirst)
      }
      isFirst = false
    }
  }

  private func runWhole(
    _ job: Job, into dw: Buffer, adds: Bool, _ cursor: ScratchCursor, _ pool: ThreadPool
  ) {
    var cursor = cursor
    let points = plan.points
    let gradient = unsafe cursor.floats(panels)
    let windows = unsafe cursor.floats(plan.images * plan.window)
    if !job.inPlace { unsafe plan.fillAll(windows, source: job.x, pool: pool) }
    let base = unsafe job.inPlace ? plan.start(of: plan.tile(0), in: job.x) : windows
    let chunk = DirectGradient.chunk
    let chunks = ThreadPool.pieces(of: points, grain: chunk)
    pool.run(chunks * panelCount) { task, _ in
      let first = task % chunks * chunk
      let column = task / chunks * Gemm.panel
      let count = min(chunk, points - first)
      unsafe lay(
        job.dy, pixel: first, count: count, column: column,
        into: gradient + first * filledOutputs + column * count)
    }
    pool.run(runs.count) { task, _ in
      for first in stride(from: 0, to: points, by: chunk) {
        let count = min(chunk, points - first)
        let rows = unsafe GemmRows(base: base, at: job.at + first, count: count)
        unsafe multiply(
          rows, runs[task], gradient + first * filledOutputs, count, into: dw.base,
          adds: adds || first > 0)
      }
    }
  }
}

extension DirectGradient {
  private var panelStarts: StrideTo<Int> { stride(from: 0, to: outputs, by: Gemm.panel) }
  private var panelCount: Int { ThreadPool.pieces(of: outputs, grain: Gemm.panel) }
  private var filledOutputs: Int { outputs == 1 ? 1 : Gemm.filled(outputs) }
  private func columns(of column: Int) -> Int { min(Gemm.panel, outputs - column) }
  /// Floats of a panel's line.
  private func filled(_ column: Int) -> Int { outputs == 1 ? 1 : Gemm.filled(columns(of: column)) }

  /// Whether a gradient as it lies in memory is the one panel that products read.
  private func isInPanels(_ dy: Pixels) -> Bool {
    dy.pending == nil && dy.isDense && outputs <= Gemm.panel && filledOutputs == outputs
      && plan.tileColumns == plan.lattice.columns
  }

  /// Lays the gradient of consecutive pixels into one panel.
  private func lay(
    _ dy: Pixels, pixel: Int, count: Int, column: Int, into panel: UnsafeMutablePointer<Float>
  ) {
    if outputs == 1 {
      unsafe kernels.pack_column(dy.ck, pixel, count, panel)
    } else {
      unsafe kernels.pack_pixels(dy.ck, pixel, count, column, columns(of: column), panel)
    }
  }

  /// One stretch of rows, all columns.
  private func multiply(
    _ rows: GemmRows, _ run: DirectPlan.Run, _ gradient: UnsafePointer<Float>, _ points: Int,
    into sum: UnsafeMutablePointer<Float>, adds: Bool
  ) {
    let depth = unsafe GemmRows(base: rows.base + run.at, at: rows.at, count: points)
    let c = unsafe sum + run.depth * outputs
    if outputs == 1 {
      return unsafe Gemm.dotsTransposed(depth, rows: run.length, gradient, c, adds: adds)
    }
    for column in panelStarts {
      unsafe Gemm.multiplyTransposed(
        depth, rows: run.length, gradient + column * points, c + column, line: outputs,
        columns: columns(of: column), adds: adds)
    }
  }
}

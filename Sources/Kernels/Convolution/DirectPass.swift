internal import CKernels

/// One lattice's product of gathered pixels with a filter, cut and laid out when it is made.
///
/// A forward pass is one of these, the gradient of the input one for every residue of the stride.
struct DirectPass: Sendable {
  let plan: DirectPlan
  /// Channels of the target: columns of the product.
  let outputs: Int
  /// Where this pass's panels start in a prepared filter.
  let filterStart: Int
  private let runs: [ck_run]
  private let chunks: [Chunk]

  /// Runs whose part of the filter stays in cache while a tile's rows pass.
  private struct Chunk: Sendable {
    let runs: Range<Int>
    let depth: Range<Int>
  }

  /// A filter as it lies in memory.
  @safe
  enum Unpacked {
    /// `[tap][depth][column]`.
    case rows(UnsafePointer<Float>)
    /// `[tap][column][depth]`.
    case transposed(UnsafePointer<Float>)
  }

  /// Where a product finds its filter.
  @safe
  enum Filter {
    /// Panel by panel, each over the whole depth: what tiles of a large batch take.
    case panels(UnsafePointer<Float>)
    /// Laid into panels by each task: where the whole batch is one tile.
    case unpacked(Unpacked)
  }

  /// Floats of depth that a panel of the filter holds in cache.
  static let chunkDepth = 256
  /// Columns that a task lays into panels together.
  static let group = 64
  /// Rows of a task where the batch is one tile.
  static let groupRows = 192
  /// Partial sums of the moments, at most.
  static let parts = 64

  init(_ lattice: Lattice, images: Int, outputs: Int, filterStart: Int = 0) {
    plan = DirectPlan(lattice, images: images, targetChannels: outputs)
    self.outputs = outputs
    self.filterStart = filterStart
    let runs = plan.runs(longest: DirectPass.chunkDepth)
    self.runs = runs.map { ck_run(at: $0.at, length: $0.length) }
    var chunks: [Chunk] = []
    for (index, run) in runs.enumerated() {
      let end = run.depth + run.length
      if let last = chunks.last, end - last.depth.lowerBound <= DirectPass.chunkDepth {
        chunks[chunks.count - 1] = Chunk(
          runs: last.runs.lowerBound..<index + 1, depth: last.depth.lowerBound..<end)
      } else {
        chunks.append(Chunk(runs: index..<index + 1, depth: run.depth..<end))
      }
    }
    // Without a tap there is nothing to sum, but zeros are to be written.
    self.chunks = chunks.isEmpty ? [Chunk(runs: 0..<0, depth: 0..<0)] : chunks
  }

  private var depth: Int { plan.lattice.depth }
  /// Whether single sums replace the product.
  private var isDots: Bool { outputs == 1 }
  /// Floats of the filter in panels.
  var packedCount: Int { depth * (isDots ? 1 : Gemm.filled(outputs)) }
  private var rowGroups: Int { ThreadPool.pieces(of: plan.points, grain: DirectPass.groupRows) }
  private var columnGroups: Int { ThreadPool.pieces(of: outputs, grain: DirectPass.group) }
  private var tasks: Int {
    plan.isWhole ? rowGroups * columnGroups : min(plan.tiles, DirectPass.parts)
  }
  /// How many partial sums a channel's moments have.
  private var moments: Int { plan.isWhole ? rowGroups : tasks }
  private var filterPiece: Int { DirectPass.chunkDepth * DirectPass.group }

  func scratch(threads: Int) -> Int {
    let workers = plan.isWhole ? 1 : threads
    return ScratchCursor.count(
      4 * plan.tilePoints, workers * padded(plan.isWhole ? allWindows : plan.window),
      plan.isWhole ? threads * filterPiece : 0, 4 * moments * outputs)
  }

  private var allWindows: Int { plan.images * plan.window }

  func run(
    _ source: Pixels, _ filter: Filter, _ epilogue: ConvolutionEpilogue, into target: Pixels,
    adds: Bool, scratch: Buffer, pool: ThreadPool
  ) {
    if runs.isEmpty && adds { return }
    let inPlace = plan.readsInPlace(source)
    var cursor = ScratchCursor(scratch)
    let at = unsafe cursor.integers(plan.tilePoints)
    let to = unsafe cursor.integers(plan.tilePoints)
    unsafe plan.placeRows(at, source: source, inPlace: inPlace)
    unsafe plan.placeTargets(to, target: target)
    let sums = unsafe DirectSums(
      base: cursor.doubles(2 * moments * outputs), parts: epilogue.moments == nil ? 0 : moments,
      channels: outputs)
    unsafe runs.withUnsafeBufferPointer { runs in
      let job = unsafe Job(
        runs: runs, source: source, inPlace: inPlace, at: at, to: to, epilogue: epilogue,
        target: target, adds: adds, sums: sums)
      switch filter {
      case .panels(let panels): unsafe runTiles(job, panels, cursor, pool)
      case .unpacked(let filter): runWhole(job, filter, cursor, pool)
      }
    }
    if let target = epilogue.moments { sums.finish(pixels: plan.points, into: target) }
  }

  @safe
  private struct Job {
    let runs: UnsafeBufferPointer<ck_run>
    let source: Pixels
    let inPlace: Bool
    let at: UnsafePointer<Int>
    let to: UnsafePointer<Int>
    let epilogue: ConvolutionEpilogue
    let target: Pixels
    let adds: Bool
    let sums: DirectSums
  }

  private func runTiles(
    _ job: Job, _ filter: UnsafePointer<Float>, _ cursor: ScratchCursor, _ pool: ThreadPool
  ) {
    var cursor = cursor
    let size = padded(plan.window)
    let windows = unsafe cursor.floats(pool.threads * size)
    let tasks = tasks
    pool.run(tasks) { task, worker in
      let window = unsafe windows + worker * size
      job.sums.clear(part: task, columns: 0..<outputs)
      for index in task * plan.tiles / tasks..<(task + 1) * plan.tiles / tasks {
        let tile = plan.tile(index)
        if !job.inPlace { unsafe plan.fill(window, tile: tile, source: job.source) }
        let base = unsafe job.inPlace ? plan.start(of: tile, in: job.source) : window
        let c = unsafe plan.target(of: tile, in: job.target)
        if tile.columns == plan.tileColumns {
          unsafe multiply(job, filter, base, 0, tile.rows * tile.columns, c, part: task)
        } else {
          for row in 0..<tile.rows {
            unsafe multiply(
              job, filter, base, row * plan.tileColumns, tile.columns, c, part: task)
          }
        }
      }
    }
  }

  /// The points `first ..< first + count` of a tile: all columns, from a prepared filter.
  private func multiply(
    _ job: Job, _ filter: UnsafePointer<Float>, _ base: UnsafePointer<Float>, _ first: Int,
    _ count: Int, _ c: UnsafeMutablePointer<Float>, part: Int
  ) {
    let rows = unsafe GemmRows(base: base, at: job.at + first, count: count)
    if isDots {
      unsafe Gemm.dots(rows, job.runs, filter, c, job.to + first, adds: job.adds)
    } else {
      for (index, chunk) in chunks.enumerated() {
        let runs = unsafe UnsafeBufferPointer(rebasing: job.runs[chunk.runs])
        for column in stride(from: 0, to: outputs, by: Gemm.panel) {
          let columns = min(Gemm.panel, outputs - column)
          unsafe Gemm.multiply(
            rows, runs,
            filter + column * depth + chunk.depth.lowerBound * Gemm.filled(columns), c + column,
            job.to + first, columns: columns, adds: job.adds || index > 0)
        }
      }
    }
    unsafe finish(job, c, job.to + first, count, columns: 0..<outputs, part: part)
  }

  private func runWhole(
    _ job: Job, _ filter: Unpacked, _ cursor: ScratchCursor, _ pool: ThreadPool
  ) {
    var cursor = cursor
    let pieces = unsafe cursor.floats(pool.threads * filterPiece)
    let windows = unsafe cursor.floats(allWindows)
    if !job.inPlace { unsafe plan.fillAll(windows, source: job.source, pool: pool) }
    let tile = plan.tile(0)
    let base = unsafe job.inPlace ? plan.start(of: tile, in: job.source) : windows
    let c = unsafe plan.target(of: tile, in: job.target)
    let rowGroups = rowGroups
    pool.run(tasks) { task, worker in
      let first = task % rowGroups * DirectPass.groupRows
      let count = min(DirectPass.groupRows, plan.points - first)
      let column = task / rowGroups * DirectPass.group
      let columns = column..<min(outputs, column + DirectPass.group)
      let rows = unsafe GemmRows(base: base, at: job.at + first, count: count)
      let piece = unsafe pieces + worker * filterPiece
      for (index, chunk) in chunks.enumerated() {
        let runs = unsafe UnsafeBufferPointer(rebasing: job.runs[chunk.runs])
        for column in stride(from: columns.lowerBound, to: columns.upperBound, by: Gemm.panel) {
          let count = min(Gemm.panel, columns.upperBound - column)
          let panel = unsafe piece + (column - columns.lowerBound) * chunk.depth.count
          unsafe lay(filter, chunk.depth, column: column, count: count, into: panel)
          unsafe Gemm.multiply(
            rows, runs, panel, c + column, job.to + first, columns: count,
            adds: job.adds || index > 0,
            ahead: index + 1 < chunks.count
              ? ahead(filter, chunks[index + 1].depth, column: column, count: count) : nil)
        }
      }
      job.sums.clear(part: task % rowGroups, columns: columns)
      unsafe finish(job, c, job.to + first, count, columns: columns, part: task % rowGroups)
    }
  }

  private func finish(
    _ job: Job, _ c: UnsafeMutablePointer<Float>, _ to: UnsafePointer<Int>, _ count: Int,
    columns: Range<Int>, part: Int
  ) {
    guard job.epilogue.doesAnything else { return }
    let first = columns.lowerBound
    let place = unsafe job.sums.place(part: part, channel: first)
    unsafe kernels.finish_rows(
      c + first, to, count, columns.count, job.epilogue.ck(from: first, adds: false), place.sums,
      place.squares)
  }
}

extension DirectPass {
  /// Lays a filter as it lies in memory into panels over the whole depth.
  func pack(
    _ filter: Unpacked, scale: Buffer?, into packed: UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    let panels = ThreadPool.pieces(of: outputs, grain: Gemm.panel)
    let taps = max(1, plan.lattice.taps.count)
    let channels = plan.lattice.channels
    pool.run(plan.lattice.taps.isEmpty ? 0 : panels * taps) { task, _ in
      let column = task / taps * Gemm.panel
      let count = min(Gemm.panel, outputs - column)
      let start = task % taps * channels
      unsafe lay(
        filter, start..<start + channels, column: column, count: count, scale: scale,
        into: packed + column * depth + start * (isDots ? 1 : Gemm.filled(count)))
    }
  }

  /// Lays part of the depth of one panel.
  private func lay(
    _ filter: Unpacked, _ range: Range<Int>, column: Int, count: Int, scale: Buffer? = nil,
    into panel: UnsafeMutablePointer<Float>
  ) {
    let channels = plan.lattice.channels
    var start = range.lowerBound
    while start < range.upperBound {
      let tap = plan.lattice.taps[start / channels].index
      let channel = start % channels
      let length = min(channels - channel, range.upperBound - start)
      let out = unsafe panel + (start - range.lowerBound) * (isDots ? 1 : Gemm.filled(count))
      switch filter {
      case .rows(let w) where isDots, .transposed(let w) where isDots:
        unsafe kernels.scale_rows(
          w + tap * channels + channel, length, 1, scale.map { unsafe UnsafePointer($0.base) }, out)
      case .rows(let w):
        unsafe kernels.pack_panel(
          w + (tap * channels + channel) * outputs + column, outputs, length, count,
          scale.map { unsafe UnsafePointer($0.base + column) }, out)
      case .transposed(let w):
        unsafe kernels.pack_panel_transposed(
          w + (tap * outputs + column) * channels + channel, channels, length, count, out)
      }
      start += length
    }
  }

  /// Where part of the depth of one panel lies before it is laid, if that is one rectangle.
  private func ahead(
    _ filter: Unpacked, _ range: Range<Int>, column: Int, count: Int
  ) -> ck_ahead? {
    let channels = plan.lattice.channels
    switch filter {
    case .rows(let w):
      return unsafe ck_ahead(
        from: w + range.lowerBound * outputs + column, line: outputs, lines: range.count,
        length: count)
    case .transposed(let w):
      let tap = range.lowerBound / channels
      guard (range.upperBound - 1) / channels == tap else { return nil }
      let start = plan.lattice.taps[tap].index * outputs + column
      return unsafe ck_ahead(
        from: w + start * channels + range.lowerBound % channels, line: channels, lines: count,
        length: range.count)
    }
  }
}

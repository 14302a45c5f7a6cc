internal import CKernels

/// One direction of Winograd's method from feature maps to feature maps: the convolution, or its dx.
///
/// A transformed filter that fits in cache is used tile block by tile block, all steps of a block
/// on one thread while its tiles are in the second cache. A larger one is never stored: the
/// input's tiles are transformed first, on all threads; then every task transforms the filter of 64
/// outputs chunk by chunk, and multiplies it with a block of tiles. Where the filter stays the same
/// from call to call and the tiles are few, it is stored nevertheless, and tasks share the tiles.
struct WinogradPass {
  let kind: WinogradKind
  /// Whether this is the dx of a layer: the roles of its channels are exchanged.
  let isAdjoint: Bool
  let tiles: WinogradTiles
  let channels: WinogradChannels
  /// Whether the filter is transformed chunk by chunk instead of being stored transformed.
  let isDeep: Bool
  /// Whether the input's tiles are transformed for all tasks before they begin.
  let isStaged: Bool
  /// Tiles of a task.
  let block: Int
  /// Tiles whose inputs are transformed before the tasks begin, where `isStaged`.
  let stage: Int
  private let layout: WinogradLayout
  private let results: WinogradLayout

  init(
    _ sizes: ConvolutionGeometry, _ kind: WinogradKind, isAdjoint: Bool, tuning: WinogradTuning,
    keepsFilter: Bool = false
  ) {
    self.kind = kind
    self.isAdjoint = isAdjoint
    tiles = WinogradTiles(sizes, kind)
    let (inputs, outputs) =
      isAdjoint
      ? (sizes.outputChannels, sizes.inputChannels) : (sizes.inputChannels, sizes.outputChannels)
    let keeps = keepsFilter && tiles.count <= tuning.fewTiles
    isDeep = !keeps && kind.positions * inputs * outputs * 4 > tuning.largestFilter
    isStaged = isDeep || keeps
    channels = WinogradChannels(
      inputs: inputs, outputs: outputs, chunk: isDeep ? min(inputs, tuning.chunk) : inputs)
    let places = isAdjoint ? kind.positions : kind.sharedPlaces
    if isStaged {
      stage = tuning.even(tiles.count, most: tuning.stageBytes / (places * inputs * 4))
      block = tuning.even(stage, most: isDeep ? tuning.deepBlock : tuning.keptBlock)
    } else {
      block = tuning.even(tiles.count, most: tuning.block)
      stage = block
    }
    layout = WinogradLayout(
      tiles: stage, places: places, channels: inputs, depth: channels.chunk)
    results = WinogradLayout(
      tiles: block, places: isAdjoint ? kind.sharedPlaces : kind.positions,
      channels: WinogradChannels.group, depth: WinogradChannels.group)
  }

  /// Floats of the filter as `run` reads it: transformed, or as it is.
  var filterCount: Int {
    isDeep ? 9 * channels.inputs * channels.outputs : channels.groups * groupCount
  }
  /// Floats of a group's transformed filter, as if every group were whole.
  private var groupCount: Int { kind.positions * WinogradChannels.gap(channels.inputs) }
  /// Floats of a transformed chunk of the filter.
  private var chunkCount: Int {
    isDeep ? kind.positions * WinogradChannels.gap(channels.chunk) : 0
  }
  private var blocksOfStage: Int { ThreadPool.pieces(of: stage, grain: block) }
  private var stages: Int { ThreadPool.pieces(of: tiles.count, grain: stage) }
  private var pieces: Int { stages * blocksOfStage }
  /// Floats of the partial sums of the moments.
  private var sumCount: Int { pieces * 2 * channels.outputs }
  /// How many threads have transformed tiles of their own.
  private func tileCopies(_ threads: Int) -> Int { isStaged ? 1 : threads }

  /// Floats of scratch memory; with a `filter` of so many floats in front.
  func scratch(threads: Int, hasMoments: Bool, filter: Int = 0) -> Int {
    ScratchCursor.count(
      filter, tileCopies(threads) * layout.count, threads * chunkCount, threads * results.count,
      hasMoments ? sumCount : 0)
  }

  /// Transforms a whole filter, where it is stored transformed.
  func pack(
    _ w: Buffer, scale: Buffer?, into u: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let parts = WinogradChannels(
      inputs: channels.inputs, outputs: channels.outputs, chunk: min(64, channels.inputs))
    pool.run(channels.groups * parts.chunks) { task, _ in
      let group = channels.group(task / parts.chunks)
      let chunk = parts.chunk(task % parts.chunks)
      unsafe kernels.winograd_filter(
        kind.rawValue,
        channels.part(of: w.base, chunk, group, isAdjoint: isAdjoint, scale: scale?.base),
        u + task / parts.chunks * groupCount, Int32(channels.inputs), Int32(chunk.lowerBound))
    }
  }

  /// Reads `x`, writes `y`; `filter` is a transformed one, or where `isDeep` one as it is.
  func run(
    _ x: Pixels, _ filter: UnsafeMutablePointer<Float>, _ epilogue: ConvolutionEpilogue, adds: Bool,
    into y: Pixels, _ cursor: ScratchCursor, pool: ThreadPool
  ) {
    var cursor = cursor
    let job = unsafe Job(
      x: x, y: y, filter: filter, epilogue: epilogue, adds: adds,
      v: cursor.floats(tileCopies(pool.threads) * layout.count),
      chunks: cursor.floats(pool.threads * chunkCount),
      results: cursor.floats(pool.threads * results.count),
      sums: epilogue.moments == nil ? nil : cursor.floats(sumCount))
    if isStaged {
      // The last stage may have fewer blocks than the others.
      unsafe job.sums?.update(repeating: 0, count: sumCount)
      for index in 0..<stages { runStage(index, job, pool) }
    } else {
      pool.run(pieces) { piece, worker in
        let v = unsafe job.v + worker * layout.count
        let range = piece * block..<min(tiles.count, (piece + 1) * block)
        unsafe transformInput(job, range, v)
        for group in 0..<channels.groups {
          unsafe multiply(job, piece, range, channels.group(group), v, worker)
        }
      }
    }
    if let moments = epilogue.moments, let sums = unsafe job.sums {
      unsafe finish(sums, pixels: y.count, into: moments)
    }
  }

  /// Adds the pieces' sums in their order, and writes mean and variance.
  private func finish(
    _ sums: UnsafePointer<Float>, pixels: Int, into target: ChannelMomentsTarget
  ) {
    for channel in 0..<channels.outputs {
      var (sum, squares) = (0.0, 0.0)
      for piece in 0..<pieces {
        let place = unsafe sums + piece * 2 * channels.outputs + channel
        unsafe sum += Double(place[0])
        unsafe squares += Double(place[channels.outputs])
      }
      target.finish(channel, sum: sum, squares: squares, pixels: pixels)
    }
  }

  private func runStage(_ index: Int, _ job: Job, _ pool: ThreadPool) {
    let first = index * stage
    let count = min(stage, tiles.count - first)
    pool.runPieces(of: count, grain: max(1, min(16, count / (4 * pool.threads)))) { _, range, _ in
      unsafe transformInput(
        job, first + range.lowerBound..<first + range.upperBound, job.v, from: range.lowerBound)
    }
    let blocks = ThreadPool.pieces(of: count, grain: block)
    pool.run(channels.groups * blocks) { task, worker in
      let local = task % blocks * block
      unsafe multiply(
        job, index * blocksOfStage + task % blocks,
        first + local..<first + min(count, local + block), channels.group(task / blocks), job.v,
        worker, from: local)
    }
  }

  /// What every task reads.
  @safe
  private struct Job {
    let x: Pixels
    let y: Pixels
    let filter: UnsafeMutablePointer<Float>
    let epilogue: ConvolutionEpilogue
    let adds: Bool
    /// Transformed tiles: of the stage, or of every worker.
    let v: UnsafeMutablePointer<Float>
    /// Every worker's transformed chunk of the filter.
    let chunks: UnsafeMutablePointer<Float>
    /// Every worker's products.
    let results: UnsafeMutablePointer<Float>
    let sums: UnsafeMutablePointer<Float>?
  }

  private func transformInput(
    _ job: Job, _ range: Range<Int>, _ v: UnsafeMutablePointer<Float>, from first: Int = 0
  ) {
    unsafe kernels.winograd_input(
      isAdjoint ? kind.rawValue : kind.small, job.x.ck, tiles.range(range),
      layout.at(v, from: first))
  }

  /// A block's products and results for a group of outputs; its inputs begin at tile `first` of
  /// `v`.
  private func multiply(
    _ job: Job, _ piece: Int, _ range: Range<Int>, _ group: Range<Int>,
    _ v: UnsafeMutablePointer<Float>, _ worker: Int, from first: Int = 0
  ) {
    let inputs = unsafe layout.at(v, from: first)
    let products = unsafe results.at(job.results + worker * results.count)
    let shares: Int32 = kind.isDoubled ? (isAdjoint ? 2 : 1) : 0
    for index in 0..<channels.chunks {
      let chunk = channels.chunk(index)
      var u = unsafe job.filter + group.lowerBound / WinogradChannels.group * groupCount
      if isDeep {
        unsafe u = job.chunks + worker * chunkCount
        unsafe kernels.winograd_filter(
          kind.rawValue, channels.part(of: job.filter, chunk, group, isAdjoint: isAdjoint), u,
          Int32(chunk.count), 0)
      }
      unsafe kernels.winograd_products(
        kind.rawValue, shares, inputs, Int32(index), u, Int32(chunk.count), Int32(range.count),
        Int32(group.count), products, index > 0 ? 1 : 0)
    }
    unsafe write(job, piece, range, group, products)
  }

  private func write(
    _ job: Job, _ piece: Int, _ range: Range<Int>, _ group: Range<Int>,
    _ products: ck_tiles
  ) {
    let sums = unsafe job.sums.map { unsafe $0 + piece * 2 * channels.outputs }
    if let sums = unsafe sums {
      unsafe (sums + group.lowerBound).update(repeating: 0, count: group.count)
      unsafe (sums + channels.outputs + group.lowerBound).update(repeating: 0, count: group.count)
    }
    unsafe kernels.winograd_output(
      isAdjoint ? kind.small : kind.rawValue, products, tiles.range(range),
      job.epilogue.ck(adds: job.adds), sums, sums.map { unsafe $0 + channels.outputs },
      Int32(group.lowerBound), Int32(group.count), job.y.ck)
  }
}

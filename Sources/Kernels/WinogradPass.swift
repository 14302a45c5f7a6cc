internal import CKernels

/// One direction of Winograd's method from pictures to pictures: the convolution, or its dx.
///
/// A transformed filter that fits in cache is used tile block by tile block, all steps of a block
/// on one thread while its tiles are in the second cache. A larger one is never stored: the
/// input's tiles are transformed first, on all threads; then every task turns the filter of 64
/// outputs chunk by chunk, and multiplies it with a block of tiles. Where the filter stays the same
/// from call to call and the tiles are few, it is stored nevertheless, and tasks share the tiles.
struct WinogradPass {
  let kind: WinogradKind
  /// Whether this is the dx of a layer: the roles of its channels are exchanged.
  let isTurned: Bool
  let tiles: WinogradTiles
  let channels: WinogradChannels
  /// Whether the filter is turned chunk by chunk instead of being stored transformed.
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
    _ sizes: ConvolutionGeometry, _ kind: WinogradKind, isTurned: Bool, tuning: WinogradTuning,
    keepsFilter: Bool = false
  ) {
    self.kind = kind
    self.isTurned = isTurned
    tiles = WinogradTiles(sizes, kind)
    let (inputs, outputs) =
      isTurned
      ? (sizes.outputChannels, sizes.inputChannels) : (sizes.inputChannels, sizes.outputChannels)
    let keeps = keepsFilter && tiles.count <= tuning.fewTiles
    isDeep = !keeps && kind.positions * inputs * outputs * 4 > tuning.largestFilter
    isStaged = isDeep || keeps
    channels = WinogradChannels(
      inputs: inputs, outputs: outputs, chunk: isDeep ? min(inputs, tuning.chunk) : inputs)
    let places = isTurned ? kind.positions : kind.sharedPlaces
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
      tiles: block, places: isTurned ? kind.sharedPlaces : kind.positions,
      channels: WinogradChannels.group, depth: WinogradChannels.group)
  }

  /// Floats of the filter as `run` reads it: transformed, or as it is.
  var filterCount: Int {
    isDeep ? 9 * channels.inputs * channels.outputs : channels.groups * groupCount
  }
  /// Floats of a group's transformed filter, as if every group were whole.
  private var groupCount: Int {
    kind.positions * (channels.inputs * WinogradChannels.group + Int(CK_WINO_PAD))
  }
  /// Floats of a turned chunk of the filter.
  private var chunkCount: Int {
    isDeep ? kind.positions * (channels.chunk * WinogradChannels.group + Int(CK_WINO_PAD)) : 0
  }
  private var blocksOfStage: Int { ThreadPool.pieces(of: stage, grain: block) }
  private var stages: Int { ThreadPool.pieces(of: tiles.count, grain: stage) }
  private var pieces: Int { stages * blocksOfStage }
  /// Floats that every worker has for itself.
  private var own: Int { (isStaged ? 0 : layout.count) + chunkCount + results.count }
  /// Floats of scratch memory.
  func scratch(threads: Int, hasMoments: Bool) -> Int {
    (isStaged ? layout.count : 0) + threads * own + (hasMoments ? pieces * 2 * channels.outputs : 0)
  }

  /// Turns a whole filter, where it is stored transformed.
  func pack(
    _ w: Buffer, scale: Buffer?, into u: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let parts = WinogradChannels(
      inputs: channels.inputs, outputs: channels.outputs, chunk: min(64, channels.inputs))
    pool.run(channels.groups * parts.chunks) { task, _ in
      let group = channels.group(task / parts.chunks)
      let chunk = parts.chunk(task % parts.chunks)
      var filter = unsafe filter(w.base, chunk, group, scale: scale?.base)
      unsafe ck_wino_filter(
        kind.rawValue, &filter,
        u + task / parts.chunks * groupCount, Int32(channels.inputs),
        Int32(chunk.lowerBound))
    }
  }

  private func filter(
    _ w: UnsafeMutablePointer<Float>, _ chunk: Range<Int>, _ group: Range<Int>,
    scale: UnsafeMutablePointer<Float>?
  ) -> ck_wino_filter {
    unsafe ck_wino_filter(
      w: w, inputs: Int32(isTurned ? channels.outputs : channels.inputs),
      outputs: Int32(isTurned ? channels.inputs : channels.outputs), turned: isTurned ? 1 : 0,
      c0: Int32(chunk.lowerBound), c_count: Int32(chunk.count), k0: Int32(group.lowerBound),
      k_count: Int32(group.count), scale: scale)
  }

  /// Reads `x`, writes `y`; `filter` is a transformed one, or where `isDeep` one as it is.
  func run(
    _ x: Pixels, _ filter: UnsafeMutablePointer<Float>, _ epilogue: ConvolutionEpilogue, adds: Bool,
    into y: Pixels, scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let shared = isStaged ? layout.count : 0
    let mine = unsafe scratch + shared
    let sums = unsafe mine + pool.threads * own
    let job = unsafe Job(
      x: x, y: y, filter: filter, epilogue: epilogue, adds: adds,
      sums: epilogue.moments == nil ? nil : sums)
    if isStaged {
      // The last stage may have fewer blocks than the others.
      unsafe job.sums?.update(repeating: 0, count: pieces * 2 * channels.outputs)
      for index in 0..<stages {
        unsafe runStage(index, job, scratch, mine, pool)
      }
    } else {
      pool.run(pieces) { piece, worker in
        let v = unsafe mine + worker * own
        let range = piece * block..<min(tiles.count, (piece + 1) * block)
        unsafe turnInput(job, range, v)
        for group in 0..<channels.groups {
          unsafe multiply(job, piece, range, channels.group(group), v, v + layout.count)
        }
      }
    }
    guard let moments = epilogue.moments else { return }
    unsafe ck_wino_moments(
      sums, Int32(pieces), Int32(channels.outputs), Double(y.count), moments.about.base,
      moments.mean.base, moments.variance.base)
  }

  private func runStage(
    _ index: Int, _ job: Job, _ v: UnsafeMutablePointer<Float>, _ mine: UnsafeMutablePointer<Float>,
    _ pool: ThreadPool
  ) {
    let first = index * stage
    let count = min(stage, tiles.count - first)
    pool.runPieces(of: count, grain: max(1, min(16, count / (4 * pool.threads)))) { _, range, _ in
      unsafe turnInput(
        job, first + range.lowerBound..<first + range.upperBound, v, from: range.lowerBound)
    }
    let blocks = ThreadPool.pieces(of: count, grain: block)
    pool.run(channels.groups * blocks) { task, worker in
      let local = task % blocks * block
      let own = unsafe mine + worker * own
      unsafe multiply(
        job, index * blocksOfStage + task % blocks,
        first + local..<first + min(count, local + block), channels.group(task / blocks), v, own,
        from: local)
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
    let sums: UnsafeMutablePointer<Float>?
  }

  private func turnInput(
    _ job: Job, _ range: Range<Int>, _ v: UnsafeMutablePointer<Float>, from first: Int = 0
  ) {
    var pixels = unsafe job.x.forWinograd
    var range = tiles.range(range)
    var layout = unsafe layout.at(v, from: first)
    unsafe ck_wino_input(isTurned ? kind.rawValue : kind.small, &pixels, &range, &layout)
  }

  /// A block's products and results for a group of outputs; its inputs begin at tile `first` of
  /// `v`.
  private func multiply(
    _ job: Job, _ piece: Int, _ range: Range<Int>, _ group: Range<Int>,
    _ v: UnsafeMutablePointer<Float>, _ own: UnsafeMutablePointer<Float>, from first: Int = 0
  ) {
    var layout = unsafe layout.at(v, from: first)
    var results = unsafe results.at(own + chunkCount)
    let shares: Int32 = kind.isDoubled ? (isTurned ? 2 : 1) : 0
    for index in 0..<channels.chunks {
      let chunk = channels.chunk(index)
      var u = unsafe job.filter + group.lowerBound / WinogradChannels.group * groupCount
      if isDeep {
        unsafe u = own
        var filter = unsafe filter(job.filter, chunk, group, scale: nil)
        unsafe ck_wino_filter(kind.rawValue, &filter, u, Int32(chunk.count), 0)
      }
      unsafe ck_wino_products(
        kind.rawValue, shares, &layout, Int32(index), u, Int32(chunk.count), Int32(range.count),
        Int32(group.count), &results, index > 0 ? 1 : 0)
    }
    unsafe write(job, piece, range, group, &results)
  }

  private func write(
    _ job: Job, _ piece: Int, _ range: Range<Int>, _ group: Range<Int>,
    _ results: UnsafePointer<ck_wino_tiles>
  ) {
    let sums = unsafe job.sums.map { unsafe $0 + piece * 2 * channels.outputs }
    if let sums = unsafe sums {
      unsafe (sums + group.lowerBound).update(repeating: 0, count: group.count)
      unsafe (sums + channels.outputs + group.lowerBound).update(repeating: 0, count: group.count)
    }
    var epilogue = unsafe ck_wino_epilogue(
      bias: job.epilogue.bias?.base, relu: job.epilogue.hasReLU ? 1 : 0, adds: job.adds ? 1 : 0,
      about: job.epilogue.moments?.about.base, sums: sums,
      squares: sums.map { unsafe $0 + channels.outputs })
    var range = tiles.range(range)
    var pixels = unsafe job.y.forWinograd
    unsafe ck_wino_output(
      isTurned ? kind.small : kind.rawValue, results, &range, &epilogue,
      Int32(group.lowerBound), Int32(group.count), &pixels)
  }
}

internal import CKernels

/// The filter's gradient by Winograd's method, `dW = G^T (V^T (A dY A^T)) G`: the exact adjoint.
///
/// A transformed gradient that is small is kept by each of a few tasks, which sum their tile
/// blocks into it. A larger one is never stored: the tiles of both sides are transformed first,
/// on all threads; then every task sums a chunk of inputs times 64 outputs over all of them.
struct WinogradFilterPass {
  let kind: WinogradKind
  let tiles: WinogradTiles
  let channels: WinogradChannels
  /// Whether tasks own parts of the filter instead of parts of the tiles.
  let isDeep: Bool
  /// Tiles whose products are summed at a time.
  let block: Int
  private let inputs: WinogradLayout
  private let gradients: WinogradLayout

  init(_ sizes: ConvolutionGeometry, _ kind: WinogradKind, tuning: WinogradTuning) {
    self.kind = kind
    tiles = WinogradTiles(sizes, kind)
    let (c, k) = (sizes.inputChannels, sizes.outputChannels)
    isDeep = kind.positions * c * k * 4 > tuning.largestGradient
    let bytes = 4 * (kind.sharedPlaces * c + kind.positions * k)
    block = tuning.even(
      tiles.count, most: isDeep ? tuning.gradientStageBytes / bytes : tuning.gradientBlock)
    channels = WinogradChannels(
      inputs: c, outputs: k, chunk: min(c, isDeep ? tuning.gradientChunk : WinogradChannels.group))
    inputs = WinogradLayout(
      tiles: block, places: kind.sharedPlaces, channels: c, depth: isDeep ? channels.chunk : c)
    gradients = WinogradLayout(
      tiles: block, places: kind.positions, channels: k, depth: WinogradChannels.group)
  }

  private var blocks: Int { ThreadPool.pieces(of: tiles.count, grain: block) }
  private func copies(_ threads: Int) -> Int { isDeep ? 1 : min(threads, blocks) }
  /// Floats of a group's transformed gradient; every group has room for 64 outputs.
  private var groupCount: Int { kind.positions * gap(channels.inputs) }
  /// Floats from a position to the next; a cache line more, as in the filter.
  private func gap(_ inputs: Int) -> Int { inputs * WinogradChannels.group + Int(CK_WINO_PAD) }
  private var copy: Int { channels.groups * groupCount }
  private var chunkCount: Int { kind.positions * gap(channels.chunk) }

  /// Floats of scratch memory.
  func scratch(threads: Int) -> Int {
    let turned = inputs.count + gradients.count
    return isDeep ? turned + threads * chunkCount : copies(threads) * (copy + turned)
  }

  func run(
    _ dy: Pixels, _ x: Pixels, into dw: Buffer, adds: Bool, scratch: UnsafeMutablePointer<Float>,
    pool: ThreadPool
  ) {
    guard !isDeep else {
      for index in 0..<blocks {
        unsafe runStage(index, dy, x, dw, adds: adds || index > 0, scratch, pool)
      }
      return
    }
    let copies = copies(pool.threads)
    pool.run(copies) { part, _ in
      let sum = unsafe scratch + part * copy
      let v = unsafe scratch + copies * copy + part * (inputs.count + gradients.count)
      let first = part * blocks / copies
      for index in first..<(part + 1) * blocks / copies {
        unsafe turn(dy, x, tiles(of: index), v)
        for group in 0..<channels.groups {
          unsafe multiply(
            tiles(of: index).count, 0..<channels.inputs, group, v, sum + group * groupCount,
            adds: index > first)
        }
      }
    }
    pool.run(channels.groups * channels.chunks) { task, _ in
      let group = task / channels.chunks
      let chunk = channels.chunk(task % channels.chunks)
      unsafe turnBack(
        scratch + group * groupCount + chunk.lowerBound * WinogradChannels.group,
        gap: gap(channels.inputs), copies: copies, chunk, group, dw, adds: adds)
    }
  }

  private func tiles(of index: Int) -> Range<Int> {
    index * block..<min(tiles.count, (index + 1) * block)
  }

  private func runStage(
    _ index: Int, _ dy: Pixels, _ x: Pixels, _ dw: Buffer, adds: Bool,
    _ v: UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    let stage = tiles(of: index)
    let grain = max(1, min(16, stage.count / (4 * pool.threads)))
    pool.runPieces(of: stage.count, grain: grain) { _, range, _ in
      let first = stage.lowerBound
      unsafe turn(
        dy, x, first + range.lowerBound..<first + range.upperBound, v, from: range.lowerBound)
    }
    let own = unsafe v + inputs.count + gradients.count
    pool.run(channels.groups * channels.chunks) { task, worker in
      let group = task / channels.chunks
      let chunk = channels.chunk(task % channels.chunks)
      let sum = unsafe own + worker * chunkCount
      unsafe multiply(stage.count, chunk, group, v, sum, adds: false)
      unsafe turnBack(
        sum, gap: gap(chunk.count), copies: 1, chunk, group, dw, adds: adds)
    }
  }

  /// Transforms both sides of some tiles.
  private func turn(
    _ dy: Pixels, _ x: Pixels, _ range: Range<Int>, _ v: UnsafeMutablePointer<Float>,
    from first: Int = 0
  ) {
    var range = tiles.range(range)
    var left = unsafe inputs.at(v, from: first)
    var pixels = unsafe x.forWinograd
    unsafe ck_wino_input(kind.small, &pixels, &range, &left)
    var right = unsafe gradients.at(v + inputs.count, from: first)
    unsafe pixels = dy.forWinograd
    unsafe ck_wino_gradient(kind.rawValue, &pixels, &range, &right)
  }

  private func multiply(
    _ count: Int, _ chunk: Range<Int>, _ group: Int, _ v: UnsafeMutablePointer<Float>,
    _ sum: UnsafeMutablePointer<Float>, adds: Bool
  ) {
    var left = unsafe inputs.at(v)
    var right = unsafe gradients.at(v + inputs.count)
    let outputs = channels.group(group)
    unsafe ck_wino_filter_products(
      kind.rawValue, &left, Int32(chunk.lowerBound), Int32(chunk.count), &right,
      Int32(outputs.lowerBound), Int32(outputs.count), Int32(count), sum,
      gap(chunk.count), Int32(WinogradChannels.group), adds ? 1 : 0)
  }

  private func turnBack(
    _ sum: UnsafeMutablePointer<Float>, gap: Int, copies: Int, _ chunk: Range<Int>, _ group: Int,
    _ dw: Buffer, adds: Bool
  ) {
    let outputs = channels.group(group)
    var filter = unsafe ck_wino_filter(
      w: dw.base, inputs: Int32(channels.inputs), outputs: Int32(channels.outputs), turned: 0,
      c0: Int32(chunk.lowerBound), c_count: Int32(chunk.count), k0: Int32(outputs.lowerBound),
      k_count: Int32(outputs.count), scale: nil)
    unsafe ck_wino_filter_gradient(
      kind.rawValue, sum, gap, Int32(WinogradChannels.group), Int32(copies), copy, &filter,
      adds ? 1 : 0)
  }
}

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
  private var groupCount: Int { kind.positions * WinogradChannels.gap(channels.inputs) }
  private var copy: Int { channels.groups * groupCount }
  private var chunkCount: Int { kind.positions * WinogradChannels.gap(channels.chunk) }

  func scratch(threads: Int) -> Int {
    let copies = copies(threads)
    return isDeep
      ? ScratchCursor.count(inputs.count, gradients.count, threads * chunkCount)
      : ScratchCursor.count(copies * inputs.count, copies * gradients.count, copies * copy)
  }

  func run(
    _ dy: Pixels, _ x: Pixels, into dw: Buffer, adds: Bool, scratch: Buffer, pool: ThreadPool
  ) {
    var cursor = ScratchCursor(scratch)
    let copies = copies(pool.threads)
    let job = unsafe Job(
      dy: dy, x: x, dw: dw, v: cursor.floats(copies * inputs.count),
      m: cursor.floats(copies * gradients.count),
      sums: cursor.floats(isDeep ? pool.threads * chunkCount : copies * copy))
    guard !isDeep else {
      for index in 0..<blocks { runStage(index, job, adds: adds || index > 0, pool) }
      return
    }
    pool.run(copies) { part, _ in
      let sum = unsafe job.sums + part * copy
      let first = part * blocks / copies
      for index in first..<(part + 1) * blocks / copies {
        transform(job, tiles(of: index), copy: part)
        for group in 0..<channels.groups {
          unsafe multiply(
            job, tiles(of: index).count, 0..<channels.inputs, group, copy: part,
            into: sum + group * groupCount, adds: index > first)
        }
      }
    }
    pool.run(channels.groups * channels.chunks) { task, _ in
      let group = task / channels.chunks
      let chunk = channels.chunk(task % channels.chunks)
      unsafe transformBack(
        job.sums + group * groupCount + chunk.lowerBound * WinogradChannels.group,
        gap: WinogradChannels.gap(channels.inputs), copies: copies, chunk, group, dw, adds: adds)
    }
  }

  /// What every task reads and where it works.
  @safe
  private struct Job {
    let dy: Pixels
    let x: Pixels
    let dw: Buffer
    /// Transformed tiles of the input and of the gradient, a copy a part.
    let v: UnsafeMutablePointer<Float>
    let m: UnsafeMutablePointer<Float>
    /// Transformed filter gradients: of every part, or a chunk of every worker.
    let sums: UnsafeMutablePointer<Float>
  }

  private func tiles(of index: Int) -> Range<Int> {
    index * block..<min(tiles.count, (index + 1) * block)
  }

  private func runStage(_ index: Int, _ job: Job, adds: Bool, _ pool: ThreadPool) {
    let stage = tiles(of: index)
    let grain = max(1, min(16, stage.count / (4 * pool.threads)))
    pool.runPieces(of: stage.count, grain: grain) { _, range, _ in
      let first = stage.lowerBound
      transform(
        job, first + range.lowerBound..<first + range.upperBound, from: range.lowerBound)
    }
    pool.run(channels.groups * channels.chunks) { task, worker in
      let group = task / channels.chunks
      let chunk = channels.chunk(task % channels.chunks)
      let sum = unsafe job.sums + worker * chunkCount
      unsafe multiply(job, stage.count, chunk, group, into: sum, adds: false)
      unsafe transformBack(
        sum, gap: WinogradChannels.gap(chunk.count), copies: 1, chunk, group, job.dw, adds: adds)
    }
  }

  /// Transforms both sides of some tiles.
  private func transform(_ job: Job, _ range: Range<Int>, copy: Int = 0, from first: Int = 0) {
    let range = tiles.range(range)
    unsafe kernels.winograd_input(
      kind.small, job.x.ck, range, inputs.at(job.v + copy * inputs.count, from: first))
    unsafe kernels.winograd_gradient(
      kind.rawValue, job.dy.ck, range, gradients.at(job.m + copy * gradients.count, from: first))
  }

  private func multiply(
    _ job: Job, _ count: Int, _ chunk: Range<Int>, _ group: Int, copy: Int = 0,
    into sum: UnsafeMutablePointer<Float>, adds: Bool
  ) {
    let outputs = channels.group(group)
    unsafe kernels.winograd_filter_products(
      kind.rawValue, inputs.at(job.v + copy * inputs.count), Int32(chunk.lowerBound),
      Int32(chunk.count), gradients.at(job.m + copy * gradients.count),
      Int32(outputs.lowerBound), Int32(outputs.count), Int32(count), sum,
      WinogradChannels.gap(chunk.count), Int32(WinogradChannels.group), adds ? 1 : 0)
  }

  private func transformBack(
    _ sum: UnsafeMutablePointer<Float>, gap: Int, copies: Int, _ chunk: Range<Int>, _ group: Int,
    _ dw: Buffer, adds: Bool
  ) {
    unsafe kernels.winograd_filter_backward(
      kind.rawValue, sum, gap, Int32(WinogradChannels.group), Int32(copies), copy,
      channels.part(of: dw.base, chunk, channels.group(group)), adds ? 1 : 0)
  }
}

internal import CKernels

/// A 3x3 convolution of stride 1 and padding 1 by Winograd's method: F(4,3) on pictures of 24 pixels a
/// side and more, F(2,3) below.
///
/// F(4,3) needs 36 products for 16 outputs where the plain sum needs 144, F(2,3) 16 for 4 where it needs
/// 36 (Lavin & Gray 2016). A transformed filter that fits in cache is used tile block by tile block, all
/// steps of a block on one thread; a larger one position by position, the positions shared out.
struct Winograd {
  /// Transformed positions: 36 or 16.
  let positions: Int
  /// Tiles of all pictures.
  let tiles: Int
  /// Tiles that are worked on together.
  let block: Int
  /// Whether the filter is too large to be read for each block.
  let isPhased: Bool
  /// The input's channels, whose products are summed.
  let inputs: Int
  /// The output's channels.
  let outputs: Int
  private let job: ck_winograd

  /// Outputs of all pictures below which turning the filter costs more than the products save.
  ///
  /// Four pictures of 8 x 8 with 512 channels gain (a step of AURA-net took 0.68 to 0.80 s instead of
  /// 0.84 to 0.89), four of 4 x 4 are left to OpenBLAS; nothing between was measured.
  static let fewestPoints = 192
  /// Bytes of a transformed filter that is read block by block.
  static let largestFilter = 3 << 20

  /// Suits the method to a convolution, or to its dx when `turned`; nil where it does not fit.
  init?(_ sizes: ConvolutionGeometry, turned: Bool = false) {
    let (inputs, outputs) =
      turned
      ? (sizes.outputChannels, sizes.inputChannels) : (sizes.inputChannels, sizes.outputChannels)
    guard ck_winograd_wanted() != 0, sizes.kernel == 3, sizes.stride == 1, sizes.padding == 1,
      sizes.dilation == 1, inputs % 16 == 0, outputs % 16 == 0,
      sizes.images * sizes.height * sizes.width >= Winograd.fewestPoints
    else { return nil }
    let tile = min(sizes.height, sizes.width) >= 24 ? 4 : 2
    let down = (sizes.height + tile - 1) / tile
    let across = (sizes.width + tile - 1) / tile
    self.inputs = inputs
    self.outputs = outputs
    positions = (tile + 2) * (tile + 2)
    tiles = sizes.images * down * across
    isPhased = positions * inputs * outputs * 4 > Winograd.largestFilter
    block = min(tiles, isPhased ? 1024 : 24)
    job = ck_winograd(
      batch: Int32(sizes.images), height: Int32(sizes.height), width: Int32(sizes.width),
      inputs: Int32(inputs), outputs: Int32(outputs), input_stride: inputs,
      output_stride: outputs, tile: Int32(tile))
  }

  /// Floats of the transformed filter.
  var filter: Int { positions * inputs * outputs }
  /// Floats from a position's input tiles to the next; a cache line more, so that they do not collide.
  private var inputGap: Int { block * inputs + 16 }
  /// The same of the output tiles.
  private var outputGap: Int { block * outputs + 16 }
  /// Floats of a block's transformed tiles.
  private var tileScratch: Int { positions * (inputGap + outputGap) }
  private func workers(_ threads: Int) -> Int { isPhased ? 1 : threads }
  private var blocks: Int { ThreadPool.pieces(of: tiles, grain: block) }
  private func copies(_ threads: Int) -> Int { isPhased ? 1 : min(threads, blocks) }

  /// Floats of scratch memory that `convolve` needs.
  func scratch(threads: Int) -> Int { filter + workers(threads) * tileScratch }
  /// Floats of scratch memory that `filterGradient` needs.
  func filterScratch(threads: Int) -> Int {
    copies(threads) * filter + workers(threads) * tileScratch
  }

  /// `y = x * w + bias`, or with `turned` the dx of the convolution by `w`.
  func convolve(
    _ x: Buffer, _ w: Buffer, turned: Bool, bias: Buffer?, into y: Buffer, adds: Bool,
    scratch: Buffer, pool: ThreadPool
  ) {
    unsafe withUnsafePointer(to: job) { job in
      let u = unsafe scratch.base
      let panels = ThreadPool.pieces(
        of: outputs, grain: Int(ck_winograd_panel()))
      pool.run(panels) { panel, _ in
        unsafe ck_winograd_filters(job, w.base, turned ? 1 : 0, u, Int32(panel), 1)
      }
      let tiles = unsafe scratch.base + filter
      forEachBlock(pool) { first, count, worker, phase in
        let v = unsafe tiles + worker * tileScratch
        let m = unsafe v + positions * inputGap
        phase(count) { range in
          unsafe ck_winograd_input(
            job, x.base, first + Int32(range.lowerBound), Int32(range.count),
            v + range.lowerBound * inputs, inputGap)
        }
        phase(positions) { range in
          unsafe ck_winograd_products(
            job, v, inputGap, u, Int32(count), m, outputGap, Int32(range.lowerBound),
            Int32(range.upperBound))
        }
        phase(count) { range in
          unsafe ck_winograd_output(
            job, m + range.lowerBound * outputs, outputGap, first + Int32(range.lowerBound),
            Int32(range.count), bias?.base, y.base, adds ? 1 : 0)
        }
      }
    }
  }

  /// Runs the blocks, each on one thread; or one after another, each of its steps on all threads.
  private func forEachBlock(
    _ pool: ThreadPool,
    _ body: (
      _ first: Int32, _ count: Int, _ worker: Int,
      _ phase: (_ items: Int, _ part: (Range<Int>) -> Void) -> Void
    ) -> Void
  ) {
    if isPhased {
      for first in stride(from: 0, to: tiles, by: block) {
        body(Int32(first), min(block, tiles - first), 0) { items, part in
          pool.runPieces(of: items, grain: max(1, min(items / 16, 16))) { _, range, _ in
            part(range)
          }
        }
      }
    } else {
      pool.run(blocks) { index, worker in
        let first = index * block
        body(Int32(first), min(block, tiles - first), worker) { items, part in part(0..<items) }
      }
    }
  }

  /// `dw` of `[outputs, inputs, 3, 3]`; every part of the blocks sums into a copy of its own, and the
  /// copies are added in their order.
  func filterGradient(
    _ dy: Buffer, _ x: Buffer, into dw: Buffer, adds: Bool, scratch: Buffer, pool: ThreadPool
  ) {
    let copies = copies(pool.threads)
    unsafe withUnsafePointer(to: job) { job in
      let du = unsafe scratch.base
      let tileMemory = unsafe du + copies * filter
      if isPhased {
        unsafe filterGradientPhased(job, dy, x, du, tileMemory, pool)
      } else {
        unsafe filterGradientFused(job, dy, x, du, tileMemory, copies, pool)
      }
      pool.runPieces(of: inputs, grain: 4) { _, range, _ in
        unsafe ck_winograd_filter_gradients(
          job, du, Int32(copies), filter, dw.base, adds ? 1 : 0,
          Int32(range.lowerBound), Int32(range.count))
      }
    }
  }

  private func filterGradientFused(
    _ job: UnsafePointer<ck_winograd>, _ dy: Buffer, _ x: Buffer,
    _ du: UnsafeMutablePointer<Float>, _ tileMemory: UnsafeMutablePointer<Float>, _ copies: Int,
    _ pool: ThreadPool
  ) {
    pool.run(copies) { part, worker in
      let sum = unsafe du + part * filter
      unsafe sum.update(repeating: 0, count: filter)
      let v = unsafe tileMemory + worker * tileScratch
      let m = unsafe v + positions * inputGap
      for index in part * blocks / copies..<(part + 1) * blocks / copies {
        let first = Int32(index * block)
        let count = Int32(min(block, tiles - index * block))
        unsafe ck_winograd_input(job, x.base, first, count, v, inputGap)
        unsafe ck_winograd_gradient(job, dy.base, first, count, m, outputGap)
        unsafe ck_winograd_filter_products(
          job, v, inputGap, m, outputGap, count, sum, 0, Int32(positions))
      }
    }
  }

  private func filterGradientPhased(
    _ job: UnsafePointer<ck_winograd>, _ dy: Buffer, _ x: Buffer,
    _ du: UnsafeMutablePointer<Float>, _ v: UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    let m = unsafe v + positions * inputGap
    pool.run(positions) { position, _ in
      unsafe (du + position * inputs * outputs).update(repeating: 0, count: inputs * outputs)
    }
    for first in stride(from: 0, to: tiles, by: block) {
      let count = min(block, tiles - first)
      pool.runPieces(of: count, grain: 8) { _, range, _ in
        let tile = Int32(first + range.lowerBound)
        unsafe ck_winograd_input(
          job, x.base, tile, Int32(range.count), v + range.lowerBound * inputs, inputGap)
        unsafe ck_winograd_gradient(
          job, dy.base, tile, Int32(range.count), m + range.lowerBound * outputs, outputGap)
      }
      pool.run(positions) { position, _ in
        unsafe ck_winograd_filter_products(
          job, v, inputGap, m, outputGap, Int32(count), du, Int32(position), Int32(position + 1))
      }
    }
  }
}

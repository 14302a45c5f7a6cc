internal import CKernels

/// One gathered product: target points = gathered source * packed filter (+ bias).
struct LatticeProduct {
  let lattice: Lattice
  let images: Int
  let source: Buffer
  /// The filter with rows `k` of `lattice.depth` and columns `n` of `targetChannels`, or turned.
  let filter: Buffer
  let isFilterTurned: Bool
  let bias: Buffer?
  let target: Buffer
  let targetHeight: Int
  let targetWidth: Int
  let targetChannels: Int
  let adds: Bool

  private var filterRow: Int { isFilterTurned ? lattice.depth : targetChannels }

  /// Runs it over the pool with `scratch` for gathered values and scattered results.
  func run(scratch: Buffer, pool: ThreadPool) {
    let plan = ConvolutionPlan(points: images * lattice.points, depth: lattice.depth)
    guard lattice.depth > 0 else { return clear(pool: pool) }
    if plan.isWhole {
      runWhole(plan, scratch: scratch, pool: pool)
    } else {
      runBlocks(plan, scratch: scratch, pool: pool)
    }
  }

  private func runBlocks(_ plan: ConvolutionPlan, scratch: Buffer, pool: ThreadPool) {
    let depth = lattice.depth
    let panels = lattice.isIdentity ? 0 : pool.threads * plan.block * depth
    unsafe lattice.withRuns { runs in
      pool.run(plan.blocks) { task, worker in
        let first = task * plan.block
        let last = min(plan.points, first + plan.block)
        var rows = unsafe source.base + first * depth
        if !lattice.isIdentity {
          unsafe rows = scratch.base + worker * plan.block * depth
          unsafe ck_gather(runs, source.base, first, last, rows)
        }
        let results = unsafe scratch.base + panels + worker * plan.block * targetChannels
        unsafe multiply(rows, first: first, last: last, columns: 0..<targetChannels, via: results)
      }
    }
  }

  private func runWhole(_ plan: ConvolutionPlan, scratch: Buffer, pool: ThreadPool) {
    let depth = lattice.depth
    let gathered = lattice.isIdentity ? source : scratch
    if !lattice.isIdentity {
      unsafe lattice.withRuns { runs in
        pool.runPieces(of: plan.points, grain: 16) { _, range, _ in
          unsafe ck_gather(
            runs, source.base, range.lowerBound, range.upperBound,
            scratch.base + range.lowerBound * depth)
        }
      }
    }
    let block = 512
    let blocks = ThreadPool.pieces(of: plan.points, grain: block)
    let tiles = ThreadPool.pieces(of: targetChannels, grain: ConvolutionPlan.tile)
    let results = lattice.isIdentity ? 0 : plan.points * depth
    pool.run(blocks * tiles) { task, _ in
      let first = task / tiles * block
      let column = task % tiles * ConvolutionPlan.tile
      unsafe multiply(
        gathered.base + first * depth, first: first, last: min(plan.points, first + block),
        columns: column..<min(targetChannels, column + ConvolutionPlan.tile),
        via: scratch.base + results + first * targetChannels)
    }
  }

  /// Multiplies gathered rows into the target, by way of `results` where its points lie apart.
  private func multiply(
    _ rows: UnsafePointer<Float>, first: Int, last: Int, columns: Range<Int>,
    via results: UnsafeMutablePointer<Float>
  ) {
    let isDirect = lattice.targetStep == 1
    let out =
      unsafe (isDirect ? target.base + first * targetChannels : results)
      + columns.lowerBound
    let offset = columns.lowerBound * (isFilterTurned ? lattice.depth : 1)
    unsafe product(
      rows, lattice.depth, filter.base + offset, filterRow, bTurned: isFilterTurned, out,
      targetChannels, m: last - first, n: columns.count, k: lattice.depth,
      beta: isDirect && adds ? 1 : 0)
    if !isDirect { return unsafe scatter(results, first: first, last: last, columns: columns) }
    guard let bias else { return }
    for row in 0..<last - first {
      unsafe ck_add_bias(
        out + row * targetChannels, 1, columns.count, bias.base + columns.lowerBound)
    }
  }

  private func scatter(
    _ results: UnsafePointer<Float>, first: Int, last: Int, columns: Range<Int>
  ) {
    for point in first..<last {
      let pixel = self.pixel(of: point)
      unsafe ck_copy(
        results + (point - first) * targetChannels + columns.lowerBound,
        target.base + pixel * targetChannels + columns.lowerBound, columns.count, adds ? 1 : 0)
    }
  }

  /// The target's pixel of a point.
  private func pixel(of point: Int) -> Int {
    let image = point / lattice.points
    let row = point % lattice.points / lattice.columns * lattice.targetStep + lattice.targetRow
    let column = point % lattice.columns * lattice.targetStep + lattice.targetColumn
    return (image * targetHeight + row) * targetWidth + column
  }

  /// No tap reaches these points: their values are zero.
  private func clear(pool: ThreadPool) {
    guard !adds else { return }
    for point in 0..<images * lattice.points {
      let pixel = self.pixel(of: point)
      target.slice(at: pixel * targetChannels, count: targetChannels).fill(0)
    }
  }
}

internal import CKernels

/// `y = x * w + bias` for channels-last pictures and a filter in PyTorch's order.
///
/// The filter is repacked on every call into `scratch`, which holds `forwardScratch` floats.
public func convolutionForward(
  _ x: Buffer, _ w: Buffer, bias: Buffer?, _ sizes: ConvolutionGeometry, into y: Buffer,
  scratch: Buffer, pool: ThreadPool
) {
  x.require(sizes.inputCount, "x")
  w.require(sizes.filterCount, "w")
  y.require(sizes.outputCount, "y")
  bias?.require(sizes.outputChannels, "bias")
  scratch.require(atLeast: sizes.forwardScratch(threads: pool.threads), "scratch")
  if let winograd = Winograd(sizes) {
    return winograd.convolve(
      x, w, turned: false, bias: bias, into: y, adds: false, scratch: scratch, pool: pool)
  }
  let lattice = Lattice.forward(sizes)
  // Rows of outputs, each tap by tap: the turned right-hand side of the product.
  let packed = scratch.slice(at: 0, count: sizes.paddedFilter)
  pack(
    w, sizes, taps: lattice.taps, into: packed, tapStride: sizes.inputChannels,
    outputStride: lattice.depth, pool: pool)
  let rest = scratch.slice(at: sizes.paddedFilter, count: scratch.count - sizes.paddedFilter)
  LatticeProduct(
    lattice: lattice, images: sizes.images, source: x, filter: packed, isFilterTurned: true,
    bias: bias, target: y, targetHeight: sizes.rows, targetWidth: sizes.columns,
    targetChannels: sizes.outputChannels, adds: false
  ).run(scratch: rest, pool: pool)
}

/// The gradient of the input, gathered from `dy`; `scratch` holds `backwardInputScratch` floats.
public func convolutionBackwardInput(
  _ dy: Buffer, _ w: Buffer, _ sizes: ConvolutionGeometry, into dx: Buffer, adds: Bool,
  scratch: Buffer, pool: ThreadPool
) {
  dy.require(sizes.outputCount, "dy")
  w.require(sizes.filterCount, "w")
  dx.require(sizes.inputCount, "dx")
  scratch.require(atLeast: sizes.backwardInputScratch(threads: pool.threads), "scratch")
  if let winograd = Winograd(sizes, turned: true) {
    return winograd.convolve(
      dy, w, turned: true, bias: nil, into: dx, adds: adds, scratch: scratch, pool: pool)
  }
  let packed = scratch.slice(at: 0, count: sizes.paddedFilter)
  let rest = scratch.slice(at: sizes.paddedFilter, count: scratch.count - sizes.paddedFilter)
  for lattice in Lattice.backward(sizes) {
    pack(
      w, sizes, taps: lattice.taps, into: packed,
      tapStride: sizes.outputChannels * sizes.inputChannels, outputStride: sizes.inputChannels,
      pool: pool)
    LatticeProduct(
      lattice: lattice, images: sizes.images, source: dy, filter: packed, isFilterTurned: false,
      bias: nil, target: dx, targetHeight: sizes.height, targetWidth: sizes.width,
      targetChannels: sizes.inputChannels, adds: adds
    ).run(scratch: rest, pool: pool)
  }
}

/// The gradient of the filter; `scratch` holds `backwardFilterScratch` floats.
///
/// Every part of the blocks sums into its own copy, and the copies are added in their order.
public func convolutionBackwardFilter(
  _ dy: Buffer, _ x: Buffer, _ sizes: ConvolutionGeometry, into dw: Buffer, adds: Bool,
  scratch: Buffer, pool: ThreadPool
) {
  dy.require(sizes.outputCount, "dy")
  x.require(sizes.inputCount, "x")
  dw.require(sizes.filterCount, "dw")
  scratch.require(atLeast: sizes.backwardFilterScratch(threads: pool.threads), "scratch")
  if let winograd = Winograd(sizes) {
    return winograd.filterGradient(dy, x, into: dw, adds: adds, scratch: scratch, pool: pool)
  }
  let lattice = Lattice.forward(sizes)
  let plan = ConvolutionPlan(points: sizes.images * lattice.points, depth: lattice.depth)
  let parts = plan.isWhole ? 1 : min(pool.threads, plan.blocks)
  let rest = scratch.slice(
    at: parts * sizes.paddedFilter, count: scratch.count - parts * sizes.paddedFilter)
  if plan.isWhole {
    filterGradientWhole(
      dy, x, sizes, lattice, plan, into: scratch, gathered: rest, pool: pool)
  } else {
    filterGradientParts(
      dy, x, sizes, lattice, plan, parts: parts, into: scratch, panels: rest, pool: pool)
  }
  let filter = sizes.inputChannels * sizes.taps
  pool.run(sizes.outputChannels) { output, _ in
    unsafe ck_unpack_filter(
      scratch.base + output * filter, parts, sizes.paddedFilter, sizes.inputChannels, sizes.taps,
      dw.base + output * filter, adds ? 1 : 0)
  }
}

private func filterGradientParts(
  _ dy: Buffer, _ x: Buffer, _ sizes: ConvolutionGeometry, _ lattice: Lattice,
  _ plan: ConvolutionPlan, parts: Int, into sums: Buffer, panels: Buffer, pool: ThreadPool
) {
  let depth = lattice.depth
  let outputs = sizes.outputChannels
  unsafe lattice.withRuns { runs in
    pool.run(parts) { part, worker in
      let sum = unsafe sums.base + part * sizes.paddedFilter
      let blocks = part * plan.blocks / parts..<(part + 1) * plan.blocks / parts
      for block in blocks {
        let first = block * plan.block
        let last = min(plan.points, first + plan.block)
        var rows = unsafe x.base + first * depth
        if !lattice.isIdentity {
          unsafe rows = panels.base + worker * plan.block * depth
          unsafe ck_gather(runs, x.base, first, last, rows)
        }
        unsafe product(
          dy.base + first * outputs, outputs, aTurned: true, rows, depth, sum, depth,
          m: outputs, n: depth, k: last - first, beta: block == blocks.lowerBound ? 0 : 1)
      }
    }
  }
}

private func filterGradientWhole(
  _ dy: Buffer, _ x: Buffer, _ sizes: ConvolutionGeometry, _ lattice: Lattice,
  _ plan: ConvolutionPlan, into sum: Buffer, gathered: Buffer, pool: ThreadPool
) {
  let depth = lattice.depth
  let outputs = sizes.outputChannels
  let rows = lattice.isIdentity ? x : gathered
  if !lattice.isIdentity {
    unsafe lattice.withRuns { runs in
      pool.runPieces(of: plan.points, grain: 16) { _, range, _ in
        unsafe ck_gather(
          runs, x.base, range.lowerBound, range.upperBound,
          gathered.base + range.lowerBound * depth)
      }
    }
  }
  pool.runPieces(of: depth, grain: 384) { _, range, _ in
    unsafe product(
      dy.base, outputs, aTurned: true, rows.base + range.lowerBound, depth,
      sum.base + range.lowerBound, depth, m: outputs, n: range.count, k: plan.points, beta: 0)
  }
}

/// Lays the filter out with its listed taps outermost: `out[tap][output][input]` at the strides given.
private func pack(
  _ w: Buffer, _ sizes: ConvolutionGeometry, taps: [Lattice.Tap], into out: Buffer,
  tapStride: Int, outputStride: Int, pool: ThreadPool
) {
  let list = taps.map(\.index)
  let filter = sizes.inputChannels * sizes.taps
  unsafe list.withUnsafeBufferPointer { list in
    guard let places = list.baseAddress else { return }
    pool.run(sizes.outputChannels) { output, _ in
      unsafe ck_pack_filter(
        w.base + output * filter, sizes.inputChannels, sizes.taps, places, taps.count,
        out.base + output * outputStride, tapStride)
    }
  }
}

internal import CKernels

/// Copies a filter as it lies, the filter of every output channel times its `scale` if there is one.
func scaleFilter(
  _ w: Buffer, by scale: Buffer?, outputs: Int, into packed: Buffer, pool: ThreadPool
) {
  let grain = max(1, elementwiseGrain / outputs)
  pool.runPieces(of: w.count / outputs, grain: grain) { _, rows, _ in
    let start = rows.lowerBound * outputs
    unsafe kernels.scale_rows(
      w.base + start, rows.count, outputs, scale.map { unsafe UnsafePointer($0.base) },
      packed.base + start)
  }
}

/// How a convolution's products are cut into tasks, and the scratch memory that they need.
///
/// Pictures of many pixels are cut into blocks of points; each task gathers its block into a private
/// panel that stays in cache, and multiplies. Small deep pictures (1024 channels on 4 x 4 pixels) have
/// too few points for that: there the whole matrix is gathered once, and tasks are tiles of the result.
/// The cuts depend on shapes alone, so the bits do not depend on which thread takes which task.
struct ConvolutionPlan {
  /// Points of a block.
  let block: Int
  /// Whether the whole matrix is gathered first.
  let isWhole: Bool
  /// All points of the batch.
  let points: Int

  /// Points below which the whole matrix is gathered.
  static let wholePoints = 2048
  /// Floats of a panel: 640 kB, most of an L2 cache.
  static let panel = 160 << 10
  /// Output channels of a tile where the whole matrix is gathered.
  static let tile = 128

  init(points: Int, depth: Int) {
    self.points = points
    isWhole = points < ConvolutionPlan.wholePoints
    let fitting = ConvolutionPlan.panel / max(1, depth) / 32 * 32
    block = min(max(fitting, 128), 1024)
  }

  /// How many blocks cover the points.
  var blocks: Int { ThreadPool.pieces(of: points, grain: block) }

  /// Floats for gathered values: all of them, or a panel a thread.
  func gathered(depth: Int, threads: Int) -> Int {
    isWhole ? points * depth : threads * block * depth
  }
}

extension ConvolutionGeometry {
  /// Floats of scratch memory that `convolutionForward` needs.
  public func forwardScratch(threads: Int) -> Int {
    if let winograd = Winograd(self) { return winograd.scratch(threads: threads) }
    let lattice = Lattice.forward(self)
    return filterCount + 16 + latticeScratch(lattice, targetChannels: outputChannels, threads)
  }

  /// Floats of scratch memory that `convolutionBackwardInput` needs.
  public func backwardInputScratch(threads: Int) -> Int {
    if let winograd = Winograd(self, turned: true) { return winograd.scratch(threads: threads) }
    let each = Lattice.backward(self).map {
      latticeScratch($0, targetChannels: inputChannels, threads)
    }
    return filterCount + 16 + (each.max() ?? 0)
  }

  /// Floats of scratch memory that `convolutionBackwardFilter` needs.
  public func backwardFilterScratch(threads: Int) -> Int {
    if let winograd = Winograd(self) { return winograd.filterScratch(threads: threads) }
    let lattice = Lattice.forward(self)
    let plan = ConvolutionPlan(points: images * lattice.points, depth: lattice.depth)
    let parts = plan.isWhole ? 1 : min(threads, plan.blocks)
    return parts * paddedFilter
      + (lattice.isIdentity ? 0 : plan.gathered(depth: lattice.depth, threads: threads))
  }

  /// Floats of a filter rounded up to a cache line.
  var paddedFilter: Int { (filterCount + 15) / 16 * 16 }

  private func latticeScratch(_ lattice: Lattice, targetChannels: Int, _ threads: Int) -> Int {
    let plan = ConvolutionPlan(points: images * lattice.points, depth: lattice.depth)
    let gathered = lattice.isIdentity ? 0 : plan.gathered(depth: lattice.depth, threads: threads)
    let results =
      lattice.targetStep == 1
      ? 0 : (plan.isWhole ? plan.points : threads * plan.block) * targetChannels
    return gathered + 16 + results
  }
}

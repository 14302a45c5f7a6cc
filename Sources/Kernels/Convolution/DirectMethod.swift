internal import CKernels

/// Every convolution, as a product of its taps with the pixels where they lie: what Winograd's
/// method does not take.
///
/// Sums are plain float32 sums over the depth in blocks of 512, one block after another.
struct DirectMethod: ConvolutionMethod {
  private let sizes: ConvolutionGeometry
  private let forwardPass: DirectPass
  private let inputPasses: [DirectPass]
  private let gradient: DirectGradient
  /// Floats of the packed filters of the passes over the input.
  private let inputFilter: Int

  /// Suits the method to a convolution; one behind an upsampling is not for it.
  init(_ sizes: ConvolutionGeometry) {
    precondition(!sizes.upsamples, "the direct method sees no doubled feature maps")
    self.sizes = sizes
    forwardPass = DirectPass(
      .forward(sizes), images: sizes.images, outputs: sizes.outputChannels)
    var start = 0
    inputPasses = Lattice.backward(sizes).map { lattice in
      let pass = DirectPass(
        lattice, images: sizes.images, outputs: sizes.inputChannels, filterStart: start)
      start += pass.plan.isWhole ? 0 : padded(pass.packedCount)
      return pass
    }
    inputFilter = start
    gradient = DirectGradient(sizes)
  }

  /// What `aura bench` calls it: with the library's name where OpenBLAS multiplies.
  var name: String { Gemm.usesBLAS ? "direct, OpenBLAS" : "direct" }

  /// True where the points are few: packing would cost as much as the product.
  var readsFilterUnpacked: Bool { forwardPass.plan.isWhole }

  var packedCount: Int { readsFilterUnpacked ? sizes.filterCount : forwardPass.packedCount }

  func forwardScratch(threads: Int) -> Int { forwardPass.scratch(threads: threads) }

  func backwardInputScratch(threads: Int) -> Int {
    let most = inputPasses.reduce(0) { max($0, $1.scratch(threads: threads)) }
    return ScratchCursor.count(inputFilter, most)
  }

  func backwardFilterScratch(threads: Int) -> Int { gradient.scratch(threads: threads) }

  func pack(_ w: Buffer, scale: Buffer?, into packed: Buffer, pool: ThreadPool) {
    w.require(sizes.filterCount, "w")
    packed.require(atLeast: packedCount, "packed")
    scale?.require(sizes.outputChannels, "scale")
    guard readsFilterUnpacked else {
      return unsafe forwardPass.pack(.rows(w.base), scale: scale, into: packed.base, pool)
    }
    scaleFilter(w, by: scale, outputs: sizes.outputChannels, into: packed, pool: pool)
  }

  func forward(
    _ x: Pixels, packed: Buffer, _ epilogue: ConvolutionEpilogue, into y: Pixels, scratch: Buffer,
    pool: ThreadPool
  ) {
    sizes.require(input: x, output: y)
    packed.require(atLeast: packedCount, "packed")
    epilogue.bias?.require(sizes.outputChannels, "bias")
    epilogue.moments?.require(sizes.outputChannels)
    scratch.require(atLeast: forwardScratch(threads: pool.threads), "scratch")
    unsafe forwardPass.run(
      x, readsFilterUnpacked ? .unpacked(.rows(packed.base)) : .panels(packed.base), epilogue,
      into: y, adds: false, scratch: scratch, pool: pool)
  }

  /// As a transposed convolution's forward pass it takes a pending activation of `dy`.
  func backwardInput(
    _ dy: Pixels, _ w: Buffer, into dx: Pixels, adds: Bool, scratch: Buffer, pool: ThreadPool
  ) {
    sizes.require(input: dx, output: dy)
    w.require(sizes.filterCount, "w")
    scratch.require(atLeast: backwardInputScratch(threads: pool.threads), "scratch")
    let filters = scratch.slice(at: 0, count: inputFilter)
    let rest = scratch.rest(after: inputFilter)
    for pass in inputPasses {
      let unpacked = unsafe DirectPass.Unpacked.transposed(w.base)
      var filter = DirectPass.Filter.unpacked(unpacked)
      if !pass.plan.isWhole {
        let panels = unsafe filters.base + pass.filterStart
        unsafe pass.pack(unpacked, scale: nil, into: panels, pool)
        unsafe filter = .panels(panels)
      }
      pass.run(
        dy, filter, ConvolutionEpilogue(), into: dx, adds: adds, scratch: rest, pool: pool)
    }
  }

  /// Either side may have a pending activation.
  func backwardFilter(
    _ dy: Pixels, _ x: Pixels, into dw: Buffer, adds: Bool, scratch: Buffer, pool: ThreadPool
  ) {
    sizes.require(input: x, output: dy)
    dw.require(sizes.filterCount, "dw")
    scratch.require(atLeast: backwardFilterScratch(threads: pool.threads), "scratch")
    gradient.run(dy, x, into: dw, adds: adds, scratch: scratch, pool: pool)
  }
}

internal import CKernels

/// A 3x3 convolution of stride 1 and padding 1 by Winograd's method: F(4,3), or F(2,3) on small
/// feature maps.
///
/// See Lavin & Gray 2016. The gradients are the exact adjoints of what the forward pass computes.
struct WinogradMethod: ConvolutionMethod {
  private let sizes: ConvolutionGeometry
  private let kind: WinogradKind
  private let output: WinogradPass
  private let input: WinogradPass
  private let filter: WinogradFilterPass

  /// Outputs of all images below which transforming the filter costs more than the products save.
  static let fewestPoints = 192
  /// The least side of feature maps that are cut into tiles of 4: below, tiles of 2 need no more
  /// products.
  ///
  /// 1024 to 512 channels of 8 x 8 pixels take 8.6 ms with tiles of 4 and 10.8 with tiles of 2,
  /// 1024 to 1024 of 4 x 4 13.3 and 8.9.
  static let leastSideOfFour = 7

  /// The same where the filter is transformed once for many calls: an image of 8 x 8.
  static let fewestPointsOfKept = 64

  /// Suits the method to a convolution; nil where it does not fit.
  ///
  /// With `keepsFilter` a packed filter is used for many calls, and may take more memory.
  init?(_ sizes: ConvolutionGeometry, keepsFilter: Bool = false) {
    let points = sizes.images * sizes.height * sizes.width
    let least = keepsFilter ? WinogradMethod.fewestPointsOfKept : WinogradMethod.fewestPoints
    guard ck_uses_blas() == 0, points >= least else { return nil }
    // For few tiles the product is bound by reading the filter, which tiles of 2 blow up less.
    let isLarge =
      min(sizes.height, sizes.width) >= WinogradMethod.leastSideOfFour
      && (!keepsFilter || points >= WinogradMethod.fewestPoints)
    self.init(sizes, tile: isLarge ? 4 : 2, keepsFilter: keepsFilter)
  }

  /// Suits it with tiles of a given side, 4 or 2, however few the points.
  init?(
    _ sizes: ConvolutionGeometry, tile: Int, tuning: WinogradTuning = WinogradTuning(),
    keepsFilter: Bool = false
  ) {
    guard sizes.kernel == 3, sizes.stride == 1, sizes.padding == 1, sizes.dilation == 1,
      sizes.inputChannels.isMultiple(of: 16), sizes.outputChannels.isMultiple(of: 16)
    else { return nil }
    self.sizes = sizes
    kind = WinogradKind(tile: tile, isDoubled: sizes.upsamples)
    output = WinogradPass(
      sizes, kind, isAdjoint: false, tuning: tuning, keepsFilter: keepsFilter)
    input = WinogradPass(sizes, kind, isAdjoint: true, tuning: tuning)
    filter = WinogradFilterPass(sizes, kind, tuning: tuning)
  }

  /// Such as `winograd 4`; `2x` stands for a doubling in front.
  var name: String { "winograd \(kind.tile)" + (kind.isDoubled ? " 2x" : "") }

  var packedCount: Int { output.filterCount }

  /// True where the transformed filter would be too large to keep.
  var readsFilterUnpacked: Bool { output.isDeep }

  func forwardScratch(threads: Int) -> Int { output.scratch(threads: threads, hasMoments: true) }

  func backwardInputScratch(threads: Int) -> Int {
    input.scratch(
      threads: threads, hasMoments: false, filter: input.isDeep ? 0 : input.filterCount)
  }

  func backwardFilterScratch(threads: Int) -> Int { filter.scratch(threads: threads) }

  func pack(_ w: Buffer, scale: Buffer?, into packed: Buffer, pool: ThreadPool) {
    w.require(sizes.filterCount, "w")
    scale?.require(sizes.outputChannels, "scale")
    packed.require(atLeast: packedCount, "the packed filter")
    guard output.isDeep else {
      unsafe output.pack(w, scale: scale, into: packed.base, pool: pool)
      return
    }
    scaleFilter(w, by: scale, outputs: sizes.outputChannels, into: packed, pool: pool)
  }

  func forward(
    _ x: Pixels, packed: Buffer, _ epilogue: ConvolutionEpilogue, into y: Pixels, scratch: Buffer,
    pool: ThreadPool
  ) {
    sizes.require(input: x, output: y)
    packed.require(atLeast: packedCount, "the packed filter")
    scratch.require(atLeast: forwardScratch(threads: pool.threads), "scratch")
    unsafe output.run(
      x, packed.base, epilogue, adds: false, into: y, ScratchCursor(scratch), pool: pool)
  }

  func backwardInput(
    _ dy: Pixels, _ w: Buffer, into dx: Pixels, adds: Bool, scratch: Buffer, pool: ThreadPool
  ) {
    sizes.require(input: dx, output: dy)
    w.require(sizes.filterCount, "w")
    scratch.require(atLeast: backwardInputScratch(threads: pool.threads), "scratch")
    var cursor = ScratchCursor(scratch)
    var filter = unsafe w.base
    if !input.isDeep {
      unsafe filter = cursor.floats(input.filterCount)
      unsafe input.pack(w, scale: nil, into: filter, pool: pool)
    }
    unsafe input.run(
      dy, filter, ConvolutionEpilogue(), adds: adds, into: dx, cursor, pool: pool)
  }

  func backwardFilter(
    _ dy: Pixels, _ x: Pixels, into dw: Buffer, adds: Bool, scratch: Buffer, pool: ThreadPool
  ) {
    sizes.require(input: x, output: dy)
    dw.require(sizes.filterCount, "dw")
    scratch.require(atLeast: backwardFilterScratch(threads: pool.threads), "scratch")
    filter.run(dy, x, into: dw, adds: adds, scratch: scratch, pool: pool)
  }
}

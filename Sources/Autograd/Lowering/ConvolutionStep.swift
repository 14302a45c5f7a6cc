import Kernels

/// A convolution as it is run: with the doubling in front of it and the batch norm and the ReLU behind
/// it where the graph has them, and with its kernels.
struct ConvolutionStep: Step {
  struct Norm {
    let op: BatchNorm
    let operands: NormOperands<Operand>
    let treatment: Treatment
  }

  /// What becomes of a batch norm behind a convolution.
  enum Treatment {
    /// Only the convolution's result is stored; whoever reads it normalises.
    case deferred
    /// Result and normalised result are stored: somebody reads who cannot normalise.
    case applied
    /// Running statistics are multiplied into filter and bias.
    case folded
  }

  let name: String
  let operands: ConvolutionOperands<Operand>
  let norm: Norm?
  /// Whether values below 0 become 0 at the end.
  let hasReLU: Bool
  /// With the doubling, if there is one.
  let sizes: ConvolutionGeometry
  let method: any ConvolutionMethod

  /// Chooses the kernels; a folded filter that stays as it is may be kept in any form.
  init(
    _ op: Convolution, _ sizes: ConvolutionGeometry, _ operands: ConvolutionOperands<Operand>,
    norm: Norm? = nil, hasReLU: Bool = false, freezes: Bool
  ) {
    name = op.name
    self.operands = operands
    self.norm = norm
    self.hasReLU = hasReLU
    self.sizes = sizes
    method = sizes.method(
      keepsFilter: freezes && (norm?.treatment == .folded || sizes.upsamples))
  }

  /// The activations and the filter; the output where a batch norm or a ReLU asks for it.
  var keeps: Keeps {
    let needsOutput = norm.map { $0.treatment == .deferred } ?? hasReLU
    return needsOutput ? [.inputs, .output] : .inputs
  }

  var views: Views {
    norm?.treatment == .deferred ? [.reads, .writes, .defers] : [.reads, .writes]
  }

  /// Two operations a product, of which each gradient takes as many.
  func work(for inputs: [Shape]) -> StepWork {
    StepWork(flops: sizes.flops, gradientFlops: [sizes.flops, sizes.flops], kernel: method.name)
  }

  /// `y = x * w + bias`, normalised and cut off as far as that is this step's to do.
  func forward(_ pass: ForwardPass) {
    switch norm {
    case nil: convolve(pass)
    case .some(let norm) where norm.treatment == .folded: runFolded(norm, pass)
    case .some(let norm): runNormalized(norm, pass)
    }
  }

  /// `dx = dy` correlated with the filter rotated by 180 degrees, `dw = x` with `dy`, `dbias` the sum of
  /// `dy`; before them the way back through ReLU and batch norm.
  func backward(_ pass: BackwardPass) {
    let dy = pass.doutput.stored
    if let norm {
      backThrough(norm, dy, pass)
    } else {
      backThroughReLU(dy, pass)
    }
    if let dw = pass.gradient(of: operands.filter) {
      method.backwardFilter(
        dy, pass[operands.x].pixels, into: dw.buffer, adds: dw.adds, scratch: pass.scratch,
        pool: pass.pool)
    }
    if let dx = pass.gradient(of: operands.x) {
      method.backwardInput(
        dy, pass[operands.filter].buffer, into: dx.tensor.stored, adds: dx.adds,
        scratch: pass.scratch, pool: pass.pool)
    }
  }
}

/// Memory: what is saved of a batch norm are its factors, then the convolution's own result where that is
/// stored beside the normalised one; of a folded one, the bias and the packed filter, which stay good as
/// long as the parameters do.
extension ConvolutionStep {
  func savedCount(for inputs: [Shape]) -> Int {
    let channels = sizes.outputChannels
    return switch norm?.treatment {
    case nil: 0
    case .deferred: NormFactors.count(channels)
    case .applied: NormFactors.count(channels) + sizes.outputCount
    case .folded: padded(channels) + method.packedCount
    }
  }

  /// The packed filter, unless it is saved, and what the kernels need.
  func forwardScratch(for inputs: [Shape], threads: Int) -> Int {
    let kernels = method.forwardScratch(threads: threads)
    if norm?.treatment == .folded { return max(padded(sizes.outputChannels), kernels) }
    return method.packedScratch + kernels
  }

  /// What the batch norm and the kernels need, one after another.
  func backwardScratch(for inputs: [Shape], threads: Int) -> Int {
    max(
      NormGradient.scratch(
        pixels: sizes.images * sizes.rows * sizes.columns, channels: sizes.outputChannels),
      method.backwardInputScratch(threads: threads),
      method.backwardFilterScratch(threads: threads))
  }

  func factors(_ saved: Buffer, _ output: Tensor) -> NormFactors {
    NormFactors(saved, channels: sizes.outputChannels, activation: output.pending)
  }

  /// The convolution's own result: the output itself, or saved beside it.
  func result(_ saved: Buffer, _ output: Tensor) -> Pixels {
    guard norm?.treatment == .applied else { return output.stored }
    let start = NormFactors.count(sizes.outputChannels)
    return Tensor(whole: output.shape, saved.slice(at: start, count: sizes.outputCount)).stored
  }
}

extension ConvolutionMethod {
  /// Floats of scratch memory for a packed filter.
  var packedScratch: Int { readsFilterUnpacked ? 0 : padded(packedCount) }

  /// A filter as `forward` reads it: at the start of scratch memory, or where it is.
  func packed(_ w: Buffer, in scratch: Buffer, pool: ThreadPool) -> Buffer {
    if readsFilterUnpacked { return w }
    let packed = scratch.slice(at: 0, count: packedCount)
    pack(w, scale: nil, into: packed, pool: pool)
    return packed
  }
}

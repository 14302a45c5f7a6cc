import Kernels

/// How a convolution's notes and scratch memory are laid out.
///
/// Notes of a batch norm: its factors, then the convolution's own result where that is stored beside the
/// normalised one. Notes of a folded batch norm: the bias and the packed filter, which stay good as long
/// as the parameters do.
extension Convolution {
  /// As the layout says.
  public func notes(for inputs: [Shape]) -> Int {
    guard norm != nil, let method else { return 0 }
    let shape = shape(of: inputs)
    return switch normalization {
    case .deferred: NormFactors.count(shape.channels)
    case .applied: NormFactors.count(shape.channels) + shape.count
    case .folded: padded(shape.channels) + method.packedCount
    }
  }

  /// The packed filter, unless it is among the notes, and what the kernels need.
  public func forwardScratch(for inputs: [Shape], threads: Int) -> Int {
    guard let method else { return 0 }
    let kernels = method.forwardScratch(threads: threads)
    if isFolded { return max(padded(shape(of: inputs).channels), kernels) }
    return method.packedScratch + kernels
  }

  /// What the batch norm and the kernels need, one after another.
  public func backwardScratch(for inputs: [Shape], threads: Int) -> Int {
    guard let method else { return 0 }
    return max(
      NormGradient.scratch(shape(of: inputs)), method.backwardInputScratch(threads: threads),
      method.backwardFilterScratch(threads: threads))
  }

  /// Whether the batch norm is part of filter and bias.
  var isFolded: Bool { norm != nil && normalization == .folded }

  /// The batch norm's factors.
  func factors(_ notes: Buffer, _ output: Tensor) -> NormFactors {
    NormFactors(notes, channels: output.shape.channels, activation: output.pending)
  }

  /// The convolution's own result: the output itself, or among the notes.
  func result(_ notes: Buffer, _ output: Tensor) -> Pixels {
    guard norm != nil, normalization == .applied else { return output.stored }
    let shape = output.shape
    return Pixels(
      notes.slice(at: NormFactors.count(shape.channels), count: shape.count),
      images: shape.images, height: shape.height, width: shape.width, channels: shape.channels)
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

/// Floats rounded up to a cache line.
func padded(_ count: Int) -> Int { (count + 15) / 16 * 16 }

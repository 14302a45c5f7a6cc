import Kernels

/// A two-dimensional convolution, as PyTorch's `Conv2d` with zeros around.
///
/// Inputs: pictures `[N, C, H, W]`, a square filter `[K, C, kernel, kernel]`, and a bias `[K]` or none.
/// The executor joins to it what stands beside it in the graph (`Fusion`): a nearest-neighbour doubling
/// in front, a batch norm (whose weight, bias and running statistics then follow the inputs) and a ReLU
/// behind.
public struct Convolution: MeasuredOp {
  /// Pixels from output to output.
  public let stride: Int
  /// Rows and columns of zeros around the input.
  public let padding: Int
  /// Pixels from tap to tap.
  public let dilation: Int

  /// Whether the pictures are doubled first, pixel by pixel.
  var upsamples = false
  /// The batch norm of the result.
  var norm: BatchNorm?
  /// What becomes of it.
  var normalization = Normalization.applied
  /// Whether values below 0 become 0 at the end.
  var hasReLU = false
  /// The kernels, chosen for the shapes.
  private(set) var method: (any ConvolutionMethod)?

  /// What becomes of a batch norm behind a convolution.
  enum Normalization {
    /// Only the convolution's result is stored; whoever reads it normalises.
    case deferred
    /// Result and normalised result are stored: somebody reads who cannot normalise.
    case applied
    /// Running statistics are multiplied into filter and bias.
    case folded
  }

  /// Makes the op.
  public init(stride: Int = 1, padding: Int = 0, dilation: Int = 1) {
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
  }

  /// Chooses the kernels; a folded filter that stays as it is may be kept in any form.
  mutating func settle(for inputs: [Shape], freezes: Bool) {
    method = geometry(of: inputs).method(keepsFilter: freezes && (isFolded || upsamples))
  }

  /// `[N, K, rows, columns]`.
  public func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs.count >= 2, "x, filter and perhaps bias")
    if hasBias(inputs.count) {
      precondition(
        inputs[2] == Shape(inputs[1].extents[0]), "bias \(inputs[2]) for a filter \(inputs[1])")
    }
    let sizes = geometry(of: inputs)
    return Shape(sizes.images, sizes.outputChannels, sizes.rows, sizes.columns)
  }

  /// The pictures and the filter; the output where a batch norm or a ReLU asks for it.
  public var keeps: Keeps {
    let needsOutput = norm == nil ? hasReLU : normalization == .deferred
    return needsOutput ? [.inputs, .output] : .inputs
  }

  /// Reads and writes anything.
  public var views: Views {
    norm != nil && normalization == .deferred ? [.reads, .writes, .defers] : [.reads, .writes]
  }

  /// The sizes.
  func geometry(of inputs: [Shape]) -> ConvolutionGeometry {
    let x = inputs[0]
    let filter = inputs[1].extents
    precondition(
      filter.count == 4 && filter[1] == x.channels && filter[2] == filter[3],
      "a filter \(inputs[1]) on pictures \(x)")
    let factor = upsamples ? 2 : 1
    return ConvolutionGeometry(
      images: x.images, height: factor * x.height, width: factor * x.width,
      inputChannels: x.channels, outputChannels: filter[0], kernel: filter[2], stride: stride,
      padding: padding, dilation: dilation, upsamples: upsamples)
  }

  /// Whether there is a bias among so many inputs.
  func hasBias(_ inputs: Int) -> Bool { inputs - (norm == nil ? 0 : 4) == 3 }

  /// Two operations a product, of which each gradient takes as many.
  public func work(for inputs: [Shape], threads: Int) -> OpWork {
    let flops = geometry(of: inputs).flops
    return OpWork(flops: flops, gradientFlops: [flops, flops], kernel: method?.name)
  }

  /// `y = x * w + bias`, normalised and cut off as far as that is this op's to do.
  public func forward(_ pass: ForwardPass) {
    guard let method else { return }
    ConvolutionForward(op: self, pass: pass, method: method).run()
  }

  /// `dx = dy` correlated with the filter turned round, `dw = x` with `dy`, `dbias` the sum of `dy`.
  public func backward(_ pass: BackwardPass) {
    guard let method else { return }
    ConvolutionBackward(op: self, pass: pass, method: method).run()
  }
}

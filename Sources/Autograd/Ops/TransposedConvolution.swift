import Kernels

/// A transposed convolution, as PyTorch's `ConvTranspose2d`: what a convolution's way back does.
///
/// Inputs: pictures `[N, C, H, W]`, a square filter `[C, K, kernel, kernel]`, and a bias `[K]` or
/// none. The filter is that of the convolution from the output to the input, whose gradient of its
/// input is what is computed here; so all three passes are its passes in other roles.
public struct TransposedConvolution: Op {
  /// Pixels of the output from one input to the next.
  public let stride: Int
  /// Rows and columns that are cut off around the output.
  public let padding: Int
  /// Rows and columns of the output, below and to the right, that no input reaches otherwise.
  public let outputPadding: Int

  /// The convolution's kernels, chosen for the shapes.
  private var method: (any ConvolutionMethod)?

  /// Makes the op; the output padding is less than the stride.
  public init(stride: Int = 1, padding: Int = 0, outputPadding: Int = 0) {
    precondition(
      outputPadding >= 0 && outputPadding < stride,
      "an output padding of \(outputPadding) at a stride of \(stride)")
    self.stride = stride
    self.padding = padding
    self.outputPadding = outputPadding
  }

  /// `[N, K, (H - 1) stride - 2 padding + kernel + outputPadding, the same of W]`.
  public func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs.count == 2 || inputs.count == 3, "x, filter and perhaps bias")
    let sizes = sizes(of: inputs)
    if inputs.count == 3 {
      precondition(
        inputs[2] == Shape(sizes.inputChannels), "bias \(inputs[2]) for a filter \(inputs[1])")
    }
    return Shape(sizes.images, sizes.inputChannels, sizes.height, sizes.width)
  }

  /// The pictures and the filter.
  public var keeps: Keeps { .inputs }

  /// Reads and writes anything.
  public var views: Views { [.reads, .writes] }

  /// What the convolution's way back needs.
  public func forwardScratch(for inputs: [Shape], threads: Int) -> Int {
    method?.backwardInputScratch(threads: threads) ?? 0
  }

  /// A packed filter, a gradient of the pictures that is added to another, and what the kernels need.
  public func backwardScratch(for inputs: [Shape], threads: Int) -> Int {
    guard let method else { return 0 }
    let sizes = sizes(of: inputs)
    return max(
      method.packedScratch + padded(sizes.outputCount)
        + method.forwardScratch(threads: threads),
      method.backwardFilterScratch(threads: threads),
      channelSumsScratch(
        pixels: sizes.images * sizes.height * sizes.width, channels: sizes.inputChannels))
  }

  /// Every pixel of `x` spreads its filter over `y`; then the bias.
  public func forward(_ pass: ForwardPass) {
    guard let method else { return }
    method.backwardInput(
      pass.inputs[0].pixels, pass.inputs[1].buffer, into: pass.output.stored, adds: false,
      scratch: pass.scratch, pool: pass.pool)
    if pass.inputs.count == 3 {
      addBias(pass.inputs[2].buffer, to: pass.output.stored, pool: pass.pool)
    }
  }

  /// `dx = dy * w`, `dw = dy` with `x`, `dbias` the sum of `dy`.
  public func backward(_ pass: BackwardPass) {
    guard let method else { return }
    let dy = pass.doutput.stored
    if let dx = pass.dinputs[0] { findInput(dx, method, pass) }
    if let dw = pass.dinputs[1] {
      method.backwardFilter(
        pass.inputs[0].pixels, dy, into: dw.buffer, adds: dw.adds, scratch: pass.scratch,
        pool: pass.pool)
    }
    if pass.inputs.count == 3, let dbias = pass.dinputs[2] {
      channelSums(
        dy, into: dbias.buffer, adds: dbias.adds, scratch: pass.scratch, pool: pass.pool)
    }
  }

  private func findInput(
    _ dx: BackwardPass.Gradient, _ method: any ConvolutionMethod, _ pass: BackwardPass
  ) {
    let shape = dx.tensor.shape
    let packed = method.packed(pass.inputs[1].buffer, in: pass.scratch, pool: pass.pool)
    let room = pass.scratch.slice(at: method.packedScratch, count: shape.count)
    let found = dx.adds ? shape.pixels(room) : dx.tensor.stored
    method.forward(
      pass.doutput.stored, packed: packed, ConvolutionEpilogue(), into: found,
      scratch: pass.scratch.rest(after: method.packedScratch + padded(shape.count)),
      pool: pass.pool)
    if dx.adds { activate(found, into: dx.tensor.stored, adds: true, pool: pass.pool) }
  }

  /// Chooses the kernels.
  mutating func settle(for inputs: [Shape]) { method = sizes(of: inputs).method() }

  /// The convolution from the output to the input.
  private func sizes(of inputs: [Shape]) -> ConvolutionGeometry {
    let x = inputs[0]
    let filter = inputs[1].extents
    precondition(
      filter.count == 4 && filter[0] == x.channels && filter[2] == filter[3],
      "a transposed filter \(inputs[1]) on pictures \(x)")
    let more = filter[2] + outputPadding - stride - 2 * padding
    return ConvolutionGeometry(
      images: x.images, height: x.height * stride + more, width: x.width * stride + more,
      inputChannels: filter[1], outputChannels: x.channels, kernel: filter[2], stride: stride,
      padding: padding)
  }
}

extension TransposedConvolution: MeasuredOp {
  /// As many operations as the convolution's.
  public func work(for inputs: [Shape], threads: Int) -> OpWork {
    let sizes = sizes(of: inputs)
    return OpWork(
      flops: sizes.flops, gradientFlops: [sizes.flops, sizes.flops, 0], kernel: method?.name)
  }
}

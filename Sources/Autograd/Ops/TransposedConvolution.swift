import Kernels

/// A transposed convolution, as PyTorch's `ConvTranspose2d`: what a convolution's way back does.
///
/// Inputs: feature maps `[N, C, H, W]`, a square filter `[C, K, kernel, kernel]`, and a bias `[K]` or
/// none. Run as a `TransposedConvolutionStep`.
struct TransposedConvolution: Op {
  /// Pixels of the output from one input to the next.
  let stride: Int
  /// Rows and columns that are cut off around the output.
  let padding: Int
  /// Rows and columns of the output, below and to the right, that no input reaches otherwise.
  let outputPadding: Int

  var meaning: OpMeaning? {
    .transposedConvolution(stride: stride, padding: padding, outputPadding: outputPadding)
  }

  /// Makes the op; the output padding is less than the stride.
  init(stride: Int = 1, padding: Int = 0, outputPadding: Int = 0) {
    precondition(
      outputPadding >= 0 && outputPadding < stride,
      "an output padding of \(outputPadding) at a stride of \(stride)")
    self.stride = stride
    self.padding = padding
    self.outputPadding = outputPadding
  }

  /// `[N, K, (H - 1) stride - 2 padding + kernel + outputPadding, the same of W]`.
  func shape(of inputs: [Shape]) -> Shape {
    let operands = ConvolutionOperands(inputs)
    let sizes = sizes(of: operands)
    if let bias = operands.bias {
      precondition(
        bias == Shape(sizes.inputChannels), "bias \(bias) for a filter \(operands.filter)")
    }
    return Shape(sizes.images, sizes.inputChannels, sizes.height, sizes.width)
  }

  /// The convolution from the output to the input.
  func sizes(of operands: ConvolutionOperands<Shape>) -> ConvolutionGeometry {
    let x = operands.x
    let filter = operands.filter.extents
    precondition(
      filter.count == 4 && filter[0] == x.channels && filter[2] == filter[3],
      "a transposed filter \(operands.filter) on feature maps \(x)")
    let more = filter[2] + outputPadding - stride - 2 * padding
    return ConvolutionGeometry(
      images: x.images, height: x.height * stride + more, width: x.width * stride + more,
      inputChannels: filter[1], outputChannels: x.channels, kernel: filter[2], stride: stride,
      padding: padding)
  }
}

import Kernels

/// A two-dimensional convolution, as PyTorch's `Conv2d` with zeros around.
///
/// Inputs: feature maps `[N, C, H, W]`, a square filter `[K, C, kernel, kernel]`, and a bias `[K]` or
/// none. Run as a `ConvolutionStep`, which takes in what stands beside it in the graph: a
/// nearest-neighbour doubling in front, a batch norm and a ReLU behind.
struct Convolution: Op {
  /// Pixels from output to output.
  var stride = 1
  /// Rows and columns of zeros around the input.
  var padding = 0
  /// Pixels from tap to tap.
  var dilation = 1

  var meaning: OpMeaning? {
    .convolution(stride: stride, padding: padding, dilation: dilation)
  }

  /// `[N, K, rows, columns]`.
  func shape(of inputs: [Shape]) -> Shape {
    let operands = ConvolutionOperands(inputs)
    let sizes = sizes(of: operands)
    if let bias = operands.bias {
      precondition(
        bias == Shape(sizes.outputChannels), "bias \(bias) for a filter \(operands.filter)")
    }
    return Shape(sizes.images, sizes.outputChannels, sizes.rows, sizes.columns)
  }

  /// The sizes; with `upsamples` of the convolution of the doubled feature maps.
  func sizes(
    of operands: ConvolutionOperands<Shape>, upsamples: Bool = false
  ) -> ConvolutionGeometry {
    let x = operands.x
    let filter = operands.filter.extents
    precondition(
      filter.count == 4 && filter[1] == x.channels && filter[2] == filter[3],
      "a filter \(operands.filter) on feature maps \(x)")
    let factor = upsamples ? 2 : 1
    return ConvolutionGeometry(
      images: x.images, height: factor * x.height, width: factor * x.width,
      inputChannels: x.channels, outputChannels: filter[0], kernel: filter[2], stride: stride,
      padding: padding, dilation: dilation, upsamples: upsamples)
  }
}

import Autograd

/// A transposed convolution with its own filter and bias: it enlarges what a convolution would shrink.
///
/// Parameters: `weight [in, out, kernel, kernel]` and `bias [out]`, both starting uniform in
/// ±1/sqrt(out·kernel²): PyTorch takes the second extent for the fan-in, whichever way the filter is
/// applied.
struct ConvTranspose2d: Sendable {
  /// Channels of the result.
  var channels: Int
  /// Side of the filter in pixels.
  var kernel: Int
  /// Pixels of the result from one pixel of the input to the next.
  var stride: Int
  /// Rows and columns that are cut off around the result.
  var padding: Int
  /// Rows and columns more, below and to the right.
  var outputPadding: Int

  /// Describes a transposed convolution.
  init(channels: Int, kernel: Int, stride: Int, padding: Int, outputPadding: Int = 0) {
    self.channels = channels
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.outputPadding = outputPadding
  }

  /// Enlarges `x`.
  ///
  /// - Parameters:
  ///   - x: `[N, C, H, W]`.
  ///   - path: where the parameters lie.
  ///   - graph: the graph that the operation joins.
  /// - Returns: `[N, channels, (H - 1) stride - 2 padding + kernel + outputPadding, the same of W]`.
  func callAsFunction(_ x: Value, at path: Path, in graph: inout Graph) -> Value {
    let inputs = graph.shape(of: x).extents[1]
    let fanIn = Float(channels * kernel * kernel)
    let start = Initializer.uniform(bound: 1 / fanIn.squareRoot())
    let weight = graph.parameter(
      path / "weight", Shape(inputs, channels, kernel, kernel), start)
    let bias = graph.parameter(path / "bias", Shape(channels), start)
    return graph.transposedConvolution(
      x, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding)
  }
}

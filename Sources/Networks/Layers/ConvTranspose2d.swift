import Autograd

/// A transposed convolution with its own filter and bias: it enlarges what a convolution would shrink.
///
/// The stride is 2, the padding 1 and the output padding `4 - kernel`, so that height and width double.
/// Parameters: `weight [in, out, kernel, kernel]` and `bias [out]`, both starting uniform in
/// ±1/sqrt(out·kernel²): PyTorch takes the second extent for the fan-in, whichever way the filter is
/// applied.
struct ConvTranspose2d: Sendable {
  /// Channels of the result.
  var channels: Int
  /// Side of the filter in pixels: 3 or 4.
  var kernel: Int

  /// Enlarges `[N, C, H, W]` to `[N, channels, 2 H, 2 W]`.
  func callAsFunction(_ x: Value, at path: Path, in graph: inout Graph) -> Value {
    let inputs = graph.shape(of: x).extents[1]
    let fanIn = Float(channels * kernel * kernel)
    let start = Initializer.uniform(bound: 1 / fanIn.squareRoot())
    let weight = graph.parameter(
      path / "weight", Shape(inputs, channels, kernel, kernel), start)
    let bias = graph.parameter(path / "bias", Shape(channels), start)
    return graph.transposedConvolution(
      x, weight, bias, stride: 2, padding: 1, outputPadding: 4 - kernel)
  }
}

public import Autograd

/// A convolution with its own filter and, if asked for, a bias: `y = x * weight + bias`.
///
/// Zeros around the feature map, `padding = kernel / 2 * dilation`, keep its size at stride 1.
/// Parameters: `weight [out, in, kernel, kernel]` and `bias [out]`, both starting uniform in
/// ±1/sqrt(in·kernel²), as PyTorch starts them.
public struct Conv2d: Sendable {
  /// Channels of the result.
  var channels: Int
  /// Side of the filter in pixels.
  var kernel: Int
  /// Pixels from one place of the filter to the next.
  var stride: Int
  /// Pixels from one tap of the filter to the next.
  var dilation: Int
  /// Whether a bias is added; needless in front of a batch norm.
  var hasBias: Bool

  /// Describes a convolution.
  public init(
    channels: Int, kernel: Int, stride: Int = 1, dilation: Int = 1, hasBias: Bool = true
  ) {
    self.channels = channels
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
    self.hasBias = hasBias
  }

  /// Convolves `[N, C, H, W]` to
  /// `[N, channels, (H + 2 padding - dilation (kernel - 1) - 1) / stride + 1, the same of W]`.
  public func callAsFunction(_ x: Value, at path: Path, in graph: inout Graph) -> Value {
    let inputs = graph.shape(of: x).extents[1]
    let fanIn = Float(inputs * kernel * kernel)
    let start = Initializer.uniform(bound: 1 / fanIn.squareRoot())
    let weight = graph.parameter(
      path / "weight", Shape(channels, inputs, kernel, kernel), start)
    let bias = hasBias ? graph.parameter(path / "bias", Shape(channels), start) : nil
    return graph.convolution(
      x, weight, bias, stride: stride, padding: kernel / 2 * dilation, dilation: dilation)
  }
}

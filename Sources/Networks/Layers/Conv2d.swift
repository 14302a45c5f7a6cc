public import Autograd

/// A convolution with its own filter and, if asked for, a bias: `y = x * weight + bias`.
///
/// Parameters: `weight [out, in, kernel, kernel]` and `bias [out]`, both starting uniform in
/// ±1/sqrt(in·kernel²), as PyTorch starts them.
public struct Conv2d: Sendable {
  /// Channels of the result.
  public var channels: Int
  /// Side of the filter in pixels.
  public var kernel: Int
  /// Pixels from one place of the filter to the next.
  public var stride: Int
  /// Rows and columns of zeros around the feature map.
  public var padding: Int
  /// Pixels from one tap of the filter to the next.
  public var dilation: Int
  /// Whether a bias is added; needless in front of a batch norm.
  var hasBias: Bool

  /// Describes a convolution; without a padding the feature map keeps its size at stride 1.
  public init(
    channels: Int, kernel: Int, stride: Int = 1, padding: Int? = nil, dilation: Int = 1,
    hasBias: Bool = true
  ) {
    self.channels = channels
    self.kernel = kernel
    self.stride = stride
    self.padding = padding ?? kernel / 2 * dilation
    self.dilation = dilation
    self.hasBias = hasBias
  }

  /// Convolves `x`.
  ///
  /// - Parameters:
  ///   - x: `[N, C, H, W]`.
  ///   - path: where the parameters lie.
  ///   - graph: the graph that the operation joins.
  /// - Returns: `[N, channels, (H + 2 padding - dilation (kernel - 1) - 1) / stride + 1, the same of W]`.
  public func callAsFunction(_ x: Value, at path: Path, in graph: inout Graph) -> Value {
    let inputs = graph.shape(of: x).extents[1]
    let fanIn = Float(inputs * kernel * kernel)
    let start = Initializer.uniform(bound: 1 / fanIn.squareRoot())
    let weight = graph.parameter(
      path / "weight", Shape(channels, inputs, kernel, kernel), start)
    let bias = hasBias ? graph.parameter(path / "bias", Shape(channels), start) : nil
    return graph.convolution(
      x, weight, bias, stride: stride, padding: padding, dilation: dilation)
  }
}

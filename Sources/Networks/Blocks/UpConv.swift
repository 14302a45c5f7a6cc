import Autograd

/// Doubles a feature map by repeating its pixels, then a 3x3 convolution with bias, batch norm and ReLU.
///
/// Parameters are numbered as in PyTorch's `Sequential`: `1` and `2`.
struct UpConv: Sendable {
  /// Channels of the result.
  var channels: Int

  /// Applies the block: `[N, C, H, W]` to `[N, channels, 2H, 2W]`.
  func callAsFunction(_ x: Value, at path: Path, in graph: inout Graph) -> Value {
    let y = Conv2d(channels: channels, kernel: 3)(graph.upsample(x), at: path / 1, in: &graph)
    return graph.relu(BatchNorm2d()(y, at: path / 2, in: &graph))
  }
}

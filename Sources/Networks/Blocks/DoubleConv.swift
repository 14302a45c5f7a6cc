import Autograd

/// A 3x3 convolution with bias, batch norm and ReLU, twice: what each level of a U-net is made of.
///
/// Parameters are numbered as in PyTorch's `Sequential`: `0`, `1`, `3`, `4`.
struct DoubleConv: Sendable {
  /// Channels of the result.
  var channels: Int

  /// Applies the block: `[N, C, H, W]` to `[N, channels, H, W]`.
  func callAsFunction(_ x: Value, at path: Path, in graph: inout Graph) -> Value {
    var y = x
    for place in [0, 3] {
      y = Conv2d(channels: channels, kernel: 3)(y, at: path / place, in: &graph)
      y = graph.relu(BatchNorm2d()(y, at: path / (place + 1), in: &graph))
    }
    return y
  }
}

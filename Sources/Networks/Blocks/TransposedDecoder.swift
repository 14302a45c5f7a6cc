import Autograd

/// Doubles a feature map by a transposed convolution between two 1x1 convolutions that narrow and widen it.
///
/// Gu et al. 2019, the decoder of CE-Net: between them there is a quarter of the channels, and a batch
/// norm and a ReLU follow each. Parameters are numbered as in PyTorch's `Sequential`: `0`, `1`, `3`,
/// `4`, `6`, `7`.
struct TransposedDecoder: Sendable {
  /// Channels of the result.
  var channels: Int

  /// Applies the block: `[N, C, H, W]` to `[N, channels, 2H, 2W]`.
  func callAsFunction(_ x: Value, at path: Path, in graph: inout Graph) -> Value {
    let narrow = graph.shape(of: x).channels / 4
    var y = Conv2d(channels: narrow, kernel: 1)(x, at: path / 0, in: &graph)
    y = graph.relu(BatchNorm2d()(y, at: path / 1, in: &graph))
    y = ConvTranspose2d(channels: narrow, kernel: 3)(y, at: path / 3, in: &graph)
    y = graph.relu(BatchNorm2d()(y, at: path / 4, in: &graph))
    y = Conv2d(channels: channels, kernel: 1)(y, at: path / 6, in: &graph)
    return graph.relu(BatchNorm2d()(y, at: path / 7, in: &graph))
  }
}

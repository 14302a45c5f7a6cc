import Autograd

/// ResNet's block of two 3x3 convolutions around which the input is added: `relu(f(x) + x)`.
///
/// He et al. 2016. Where stride or channels change, the input is added through a 1x1 convolution
/// and a batch norm (`downsample.0`, `downsample.1`). Names and the absent biases are torchvision's.
struct BasicBlock: Sendable {
  /// Channels of the result.
  var channels: Int
  /// Stride of the first convolution.
  var stride = 1

  /// Applies the block: `[N, C, H, W]` to `[N, channels, H/stride, W/stride]`, halves rounded up.
  func callAsFunction(_ x: Value, at path: Path, in graph: inout Graph) -> Value {
    var y = Conv2d(channels: channels, kernel: 3, stride: stride, hasBias: false)(
      x, at: path / "conv1", in: &graph)
    y = graph.relu(BatchNorm2d()(y, at: path / "bn1", in: &graph))
    y = Conv2d(channels: channels, kernel: 3, hasBias: false)(y, at: path / "conv2", in: &graph)
    y = BatchNorm2d()(y, at: path / "bn2", in: &graph)
    return graph.relu(graph.add(y, shortcut(x, at: path / "downsample", in: &graph)))
  }

  private func shortcut(_ x: Value, at path: Path, in graph: inout Graph) -> Value {
    guard stride != 1 || graph.shape(of: x).extents[1] != channels else { return x }
    let y = Conv2d(channels: channels, kernel: 1, stride: stride, hasBias: false)(
      x, at: path / 0, in: &graph)
    return BatchNorm2d()(y, at: path / 1, in: &graph)
  }
}

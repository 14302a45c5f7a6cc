import Autograd

/// CE-Net: a ResNet-34 encoder, context gathered at its end, and a decoder that adds the skips.
///
/// Gu et al. 2019. Parameters lie at `encoder`, `dilate1...3`, `dac1x1`, `rmp1x1`, `dec.0...3` (from
/// the bottom up) and `last.0`, `last.2`.
struct CENet: Sendable {
  /// Applies the network to `[N, 3, H, W]`, giving `[N, 32, H, W]`.
  ///
  /// H and W are multiples of 32 and at least 192: the deepest feature maps must hold a window of 6.
  func callAsFunction(_ image: Value, at path: Path, in graph: inout Graph) -> Value {
    let skips = ResNetEncoder.resNet34(image, at: path / "encoder", in: &graph)
    var x = DenseAtrousBlock()(skips[4], at: path, in: &graph)
    x = MultiKernelPooling()(x, at: path, in: &graph)
    for (level, channels) in [256, 128, 64, 64].enumerated() {
      x = TransposedDecoder(channels: channels)(x, at: path / "dec" / level, in: &graph)
      if level < 3 { x = graph.add(x, skips[3 - level]) }
    }
    let last = path / "last"
    x = ConvTranspose2d(channels: 32, kernel: 4)(x, at: last / 0, in: &graph)
    x = Conv2d(channels: 32, kernel: 3)(graph.relu(x), at: last / 2, in: &graph)
    return graph.relu(x)
  }
}

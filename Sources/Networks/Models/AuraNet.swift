import Autograd

/// AURA-net: a ResNet-18 encoder, a decoder whose skips are gated, and a branch at full resolution.
///
/// Cohen & Uhlmann 2021, figure 1. Without gates it is the paper's ablation "U-net+ResNet".
/// Parameters lie at `encoder`, `bottleneck`, `up.0...4`, `gate.0...4`, `merge.0...4` (from the
/// bottom up), `up_full`, `full.0`, `full.2` and `fuse.0`.
struct AuraNet: Sendable {
  /// Whether the skip connections are gated.
  var hasAttention: Bool

  /// Applies the network: `[N, 3, H, W]`, H and W multiples of 64, to `[N, 64, H, W]`.
  func callAsFunction(_ image: Value, at path: Path, in graph: inout Graph) -> Value {
    // Two convolutions beside the encoder, which begins at half the size: the outline's pixels.
    var full = image
    for place in [0, 2] {
      let convolved = Conv2d(channels: 64, kernel: 3)(full, at: path / "full" / place, in: &graph)
      full = graph.relu(convolved)
    }
    let skips = ResNetEncoder.resNet18(image, at: path / "encoder", in: &graph)
    var x = graph.maxPool(skips[4], kernel: 2, stride: 2, padding: 0)
    x = DoubleConv(channels: 1024)(x, at: path / "bottleneck", in: &graph)
    let levels = zip([512, 256, 128, 64, 64], [256, 128, 64, 32, 32])
    for (level, (channels, gateWidth)) in levels.enumerated() {
      let decoder = DecoderLevel(channels: channels, gateWidth: hasAttention ? gateWidth : nil)
      x = decoder(x, skip: skips[4 - level], level, at: path, in: &graph)
    }
    x = UpConv(channels: 64)(x, at: path / "up_full", in: &graph)
    x = Conv2d(channels: 64, kernel: 3)(
      graph.concatenate([full, x]), at: path / "fuse" / 0, in: &graph)
    return graph.relu(x)
  }
}

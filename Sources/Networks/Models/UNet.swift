import Autograd

/// U-net with batch norm, five levels of 64 to 1024 channels; with gates on its skips, Attention U-net.
///
/// Ronneberger et al. 2015; Oktay et al. 2018. Parameters lie at `down.0...4` (encoder, level 4 the
/// bottom), `up.0...3` and `merge.0...3` (decoder, by the level that they lead to) and `gate.0...3`.
struct UNet: Sendable {
  /// Whether the skip connections are gated.
  var hasAttention: Bool

  /// Applies the network: `[N, 3, H, W]`, H and W multiples of 16, to `[N, 64, H, W]`.
  func callAsFunction(_ image: Value, at path: Path, in graph: inout Graph) -> Value {
    let skips = Self.encoder(image, at: path, in: &graph)
    var x = skips[4]
    for level in (0..<4).reversed() {
      let decoder = DecoderLevel(channels: 64 << level, gateWidth: hasAttention ? 32 << level : nil)
      x = decoder(x, skip: skips[level], level, at: path, in: &graph)
    }
    return x
  }

  /// The contracting path alone: five feature maps of 64 to 1024 channels at 1 to 1/16.
  static func encoder(_ image: Value, at path: Path, in graph: inout Graph) -> [Value] {
    var x = image
    return (0..<5).map { level in
      if level > 0 { x = graph.maxPool(x, kernel: 2, stride: 2, padding: 0) }
      x = DoubleConv(channels: 64 << level)(x, at: path / "down" / level, in: &graph)
      return x
    }
  }
}

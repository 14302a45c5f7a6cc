public import Autograd

/// A ResNet of basic blocks without its classifier; its parameters are named as torchvision's.
///
/// He et al. 2016. So an ImageNet state dict loads into it unchanged but for `fc.*`.
public struct ResNetEncoder: Equatable, Sendable {
  /// Blocks in each of the four layers.
  public let depths: [Int]

  /// ResNet-18.
  public static let resNet18 = ResNetEncoder(depths: [2, 2, 2, 2])
  /// ResNet-34.
  public static let resNet34 = ResNetEncoder(depths: [3, 4, 6, 3])

  /// Applies the encoder: `[N, 3, H, W]`, H and W multiples of 32, to five feature maps of 64, 64, 128,
  /// 256 and 512 channels at 1/2, 1/4, 1/8, 1/16 and 1/32.
  public func callAsFunction(_ image: Value, at path: Path, in graph: inout Graph) -> [Value] {
    var x = Conv2d(channels: 64, kernel: 7, stride: 2, hasBias: false)(
      image, at: path / "conv1", in: &graph)
    x = graph.relu(BatchNorm2d()(x, at: path / "bn1", in: &graph))
    var levels = [x]
    x = graph.maxPool(x, kernel: 3, stride: 2, padding: 1)
    for (layer, depth) in depths.enumerated() {
      for block in 0..<depth {
        let stride = block == 0 && layer > 0 ? 2 : 1
        x = BasicBlock(channels: 64 << layer, stride: stride)(
          x, at: path / "layer\(layer + 1)" / block, in: &graph)
      }
      levels.append(x)
    }
    return levels
  }
}

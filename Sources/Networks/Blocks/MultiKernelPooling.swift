import Autograd

/// Four summaries of the feature map, by pools with windows of 2, 3, 5 and 6 pixels, beside the feature map itself.
///
/// Gu et al. 2019, the residual multi-kernel pooling (RMP): each pooled feature map becomes one channel by
/// the 1x1 convolution `rmp1x1`, which the four share, and is stretched to the feature map's size.
struct MultiKernelPooling: Sendable {
  /// Applies the block: `[N, C, H, W]` of 6 pixels a side at least to `[N, C + 4, H, W]`.
  func callAsFunction(_ x: Value, at path: Path, in graph: inout Graph) -> Value {
    let shape = graph.shape(of: x)
    var maps: [Value] = []
    for window in [2, 3, 5, 6] {
      let pooled = graph.maxPool(x, kernel: window, stride: window)
      let summary = Conv2d(channels: 1, kernel: 1)(pooled, at: path / "rmp1x1", in: &graph)
      maps.append(graph.resize(summary, height: shape.height, width: shape.width))
    }
    return graph.concatenate(maps + [x])
  }
}

import Autograd

/// Four paths of dilated convolutions, ever deeper, that are added to their input.
///
/// Gu et al. 2019, the dense atrous convolution (DAC) in the form of the published code: the four share
/// three dilated convolutions and one of 1x1. Parameters: `dilate1`, `dilate2`, `dilate3` (dilations
/// 1, 3, 5) and `dac1x1`, each with `weight` and `bias`.
struct DenseAtrousBlock: Sendable {
  /// Applies the block, which keeps the shape `[N, C, H, W]`.
  func callAsFunction(_ x: Value, at path: Path, in graph: inout Graph) -> Value {
    let channels = graph.shape(of: x).channels
    func dilated(_ x: Value, _ place: Int, in graph: inout Graph) -> Value {
      Conv2d(channels: channels, kernel: 3, dilation: 2 * place - 1)(
        x, at: path / "dilate\(place)", in: &graph)
    }
    func joined(_ x: Value, in graph: inout Graph) -> Value {
      graph.relu(Conv2d(channels: channels, kernel: 1)(x, at: path / "dac1x1", in: &graph))
    }
    let near = dilated(x, 1, in: &graph)
    let wide = dilated(x, 2, in: &graph)
    let deep = dilated(near, 2, in: &graph)
    let deepest = dilated(deep, 3, in: &graph)
    var sum = graph.add(x, graph.relu(near))
    for path in [wide, deep, deepest] {
      sum = graph.add(sum, joined(path, in: &graph))
    }
    return sum
  }
}

import Autograd

/// Lets the decoder choose where a skip connection counts: `x * sigmoid(psi(relu(w_g(g) + w_x(x))))`.
///
/// Oktay et al. 2018, the additive gate, with the gating signal at the skip's own resolution.
/// Each of `w_g`, `w_x` and `psi` is a 1x1 convolution with bias (`0`) and a batch norm (`1`).
struct AttentionGate: Sendable {
  /// Channels in which signal and skip meet.
  var width: Int

  /// Weighs `skip [N, C, H, W]`, what the encoder saw, by `signal [N, D, H, W]`, what the decoder knows
  /// so far: the skip with each pixel scaled by a number in 0...1.
  func callAsFunction(
    _ skip: Value, by signal: Value, at path: Path, in graph: inout Graph
  ) -> Value {
    let fromSignal = project(signal, to: width, at: path / "w_g", in: &graph)
    let fromSkip = project(skip, to: width, at: path / "w_x", in: &graph)
    let joined = graph.relu(graph.add(fromSignal, fromSkip))
    let attention = graph.sigmoid(project(joined, to: 1, at: path / "psi", in: &graph))
    return graph.multiply(attention, skip)
  }

  private func project(
    _ x: Value, to channels: Int, at path: Path, in graph: inout Graph
  ) -> Value {
    let y = Conv2d(channels: channels, kernel: 1)(x, at: path / 0, in: &graph)
    return BatchNorm2d()(y, at: path / 1, in: &graph)
  }
}

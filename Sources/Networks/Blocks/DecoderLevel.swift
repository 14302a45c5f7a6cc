import Autograd

/// One level of a decoder: doubles the feature map, gates the skip if asked to, joins both.
///
/// Parameters lie in the network's lists: `up.<level>`, `gate.<level>`, `merge.<level>`.
struct DecoderLevel: Sendable {
  /// Channels of the result, and of the skip.
  var channels: Int
  /// Width of the skip's gate; `nil` lets the skip through as it is.
  var gateWidth: Int?

  /// Applies the level: `x [N, C, H, W]` and `skip [N, channels, 2H, 2W]` to the skip's shape.
  func callAsFunction(
    _ x: Value, skip: Value, _ level: Int, at path: Path, in graph: inout Graph
  ) -> Value {
    let up = UpConv(channels: channels)(x, at: path / "up" / level, in: &graph)
    var passed = skip
    if let gateWidth {
      passed = AttentionGate(width: gateWidth)(
        skip, by: up, at: path / "gate" / level, in: &graph)
    }
    let joined = graph.concatenate([passed, up])
    return DoubleConv(channels: channels)(joined, at: path / "merge" / level, in: &graph)
  }
}

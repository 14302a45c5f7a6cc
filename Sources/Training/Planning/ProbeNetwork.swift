import Autograd
import Networks

/// Three convolutions as they are most of a real network's work: what a machine's speed is told by.
struct ProbeNetwork: SegmentationNetwork {
  /// The side of its input.
  static let side = 96
  /// Operations a pixel of a forward pass.
  static let forwardFlops = Double(2 * 9 * (3 * 64 + 2 * 64 * 64) + 2 * 64)

  let multiple = 1

  func logits(of image: Value, in graph: inout Graph) -> Value {
    let first = Conv2d(channels: 64, kernel: 3)(image, at: "first", in: &graph)
    let second = Conv2d(channels: 64, kernel: 3)(first, at: "second", in: &graph)
    let third = Conv2d(channels: 64, kernel: 3)(second, at: "third", in: &graph)
    return Conv2d(channels: 1, kernel: 1)(third, at: "head", in: &graph)
  }
}

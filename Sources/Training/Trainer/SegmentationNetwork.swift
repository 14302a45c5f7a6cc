import Autograd
import Networks

/// What can be trained: it draws itself into a graph.
protocol SegmentationNetwork: Sendable {
  /// Width and height of an input must be multiples of this, by which the deepest layer is smaller.
  var multiple: Int { get }

  /// The least width and height of an input.
  var smallest: Int { get }

  /// `[N, 1, H, W]` logits of `[N, 3, H, W]` normalised images.
  func logits(of image: Value, in graph: inout Graph) -> Value
}

extension SegmentationNetwork {
  /// What the deepest layer needs to have a pixel.
  var smallest: Int { multiple }
}

extension Architecture: SegmentationNetwork {}

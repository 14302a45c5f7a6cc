import Autograd
import Networks
public import Recipes

/// What can be trained: it draws itself into a graph.
protocol SegmentationNetwork: Sendable {
  /// Width and height of an input must be multiples of this, by which the deepest layer is smaller.
  var multiple: Int { get }

  /// The least width and height of an input.
  var smallest: Int { get }

  /// How many stages of the encoder lie behind a parameter; none outside the encoder.
  func encoderDepth(of path: Path) -> Int?

  /// `[N, 1, H, W]` logits of `[N, 3, H, W]` normalised images.
  func logits(of image: Value, in graph: inout Graph) -> Value
}

extension SegmentationNetwork {
  /// What the deepest layer needs to have a pixel.
  var smallest: Int { multiple }

  /// No encoder.
  func encoderDepth(of path: Path) -> Int? { nil }
}

extension Architecture: SegmentationNetwork {}

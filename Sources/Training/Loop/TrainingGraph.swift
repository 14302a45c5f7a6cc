public import Autograd
import Networks
public import Recipes

/// The graph of a network and its loss over batches of one shape, with the values to load and to read.
public struct TrainingGraph {
  /// What is computed.
  public let graph: Graph
  /// `[count, 3, side, side]`, the normalised images.
  public let image: Value
  /// `[count, 1, side, side]`, 1 inside a cell and 0 outside.
  public let target: Value
  /// `[count, 1, side, side]`, what the network answers.
  public let logits: Value
  /// `[1]`, the mean loss of the batch.
  public let loss: Value

  /// Draws a network that is known.
  public init(
    of network: Architecture, loss settings: LossSettings, count: Int, side: Int, mode: Graph.Mode
  ) {
    self.init(drawing: network, loss: settings, count: count, side: side, mode: mode)
  }

  /// Draws any network.
  init(
    drawing network: some SegmentationNetwork, loss settings: LossSettings = LossSettings(),
    count: Int, side: Int, mode: Graph.Mode
  ) {
    var graph = Graph(mode: mode)
    image = graph.input("image", Shape(count, 3, side, side))
    logits = network.logits(of: image, in: &graph)
    target = graph.input("target", Shape(count, 1, side, side))
    loss = AuraLoss(settings)(logits, target, in: &graph)
    self.graph = graph
  }
}

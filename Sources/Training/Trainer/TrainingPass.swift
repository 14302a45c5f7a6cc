import Autograd
import Kernels
import Networks
import Recipes

/// A network with its loss, ready to run on batches of one shape.
final class TrainingPass {
  private let executor: Executor
  private let parameters: ParameterStore
  private let image: Value
  private let target: Value
  private let logits: Value
  private let loss: Value

  /// Builds the graph and its buffers over shared parameters; without `learns` nothing is kept for
  /// `backward`.
  init(
    _ network: some SegmentationNetwork, loss settings: LossSettings, count: Int, side: Int,
    mode: Graph.Mode, learns: Bool, parameters: ParameterStore, pool: ThreadPool,
    memory: WorkingMemory
  ) {
    self.parameters = parameters
    let drawn = Self.graph(of: network, loss: settings, count: count, side: side, mode: mode)
    (image, target, loss) = (drawn.image, drawn.target, drawn.loss)
    logits = drawn.logits
    executor = Executor(
      drawn.graph, parameters: parameters, pool: pool, loss: learns ? loss : nil,
      memory: memory)
  }

  /// The loss of a batch.
  func forward(_ batch: Batch) -> Double {
    executor.load(batch.images, into: image)
    executor.load(batch.targets, into: target)
    executor.forward()
    return Double(executor.values(of: loss)[0])
  }

  /// The logits of the batch just run, `[count, side, side, 1]`.
  ///
  /// - Precondition: no other pass has used the memory since.
  var lastLogits: [Float] { executor.values(of: logits) }

  /// One step of the optimiser down the gradient of a batch's loss, which it returns.
  ///
  /// - Throws: `TrainingError.notFinite` before the weights are touched by it.
  func descend(_ batch: Batch, _ adam: Adam, step: Int) throws(TrainingError) -> Double {
    let loss = forward(batch)
    guard loss.isFinite else { throw .notFinite(step: step, place: placeOfBreakdown) }
    backward()
    guard parameters.hasFiniteGradients else {
      throw .notFinite(step: step, place: placeOfBreakdown)
    }
    adam.step()
    return loss
  }

  /// Leaves the gradients of the batch just run in the parameters.
  func backward() { executor.backward() }

  /// What is no number any more, in the order of computation: a parameter or statistic, or the values
  /// of a layer that are still there, or the gradient of a parameter.
  var placeOfBreakdown: String {
    if let path = parameters.firstNonFinite { return "first in the parameter \(path)" }
    if let layer = executor.firstNonFinite() { return "first in \(layer)" }
    if let path = parameters.firstNonFiniteGradient {
      return "first in the gradient of the parameter \(path)"
    }
    return "in the loss"
  }

  /// The graph of one batch shape with its inputs and its loss.
  static func graph(
    of network: some SegmentationNetwork, loss settings: LossSettings, count: Int, side: Int,
    mode: Graph.Mode
  ) -> (graph: Graph, image: Value, target: Value, logits: Value, loss: Value) {
    var graph = Graph(mode: mode)
    let image = graph.input("image", Shape(count, 3, side, side))
    let logits = network.logits(of: image, in: &graph)
    let target = graph.input("target", Shape(count, 1, side, side))
    let loss = AuraLoss(settings)(logits, target, in: &graph)
    return (graph, image, target, logits, loss)
  }

  /// The graph of one batch shape, to declare the parameters from.
  static func graph(
    of network: some SegmentationNetwork, count: Int, side: Int, mode: Graph.Mode
  ) -> Graph {
    var graph = Graph(mode: mode)
    let image = graph.input("image", Shape(count, 3, side, side))
    _ = network.logits(of: image, in: &graph)
    return graph
  }
}

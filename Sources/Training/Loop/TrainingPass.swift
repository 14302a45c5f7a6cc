public import Autograd
import Kernels
public import Networks
public import Recipes

/// The graph of a network and its loss over batches of one shape, with the values to load and to read.
public struct TrainingGraph {
  /// What is computed.
  public let graph: Graph
  /// `[count, 3, side, side]`, the normalised images.
  public let image: Value
  /// `[count, 1, side, side]`, 1 inside a cell and 0 outside.
  public let target: Value
  /// What the network answers, `[count, 1, side, side]` each.
  public let logits: CellLogits
  /// Which pixels count, where not all do.
  let known: AuraLoss.Known?
  /// What the core channel is held to, where there is one.
  let core: CoreInputs?
  /// `[1]`, the mean loss of the batch.
  public let loss: Value

  /// Draws a network that is known.
  public init(
    of network: CellNetwork, loss settings: LossSettings, count: Int, side: Int, mode: Graph.Mode
  ) {
    self.init(drawing: network, loss: settings, count: count, side: side, mode: mode)
  }

  init(
    drawing network: some SegmentationNetwork, loss settings: LossSettings = LossSettings(),
    count: Int, side: Int, mode: Graph.Mode, isPartlyKnown: Bool = false
  ) {
    var graph: Graph
    (graph, image, logits) = network.graph(mode, count: count, width: side, height: side)
    let shape = Shape(count, 1, side, side)
    target = graph.input("target", shape)
    known = isPartlyKnown ? AuraLoss.Known(shape, in: &graph) : nil
    let maskLoss = AuraLoss(settings)(logits.mask, target, known: known, in: &graph)
    core = logits.core.map { _ in CoreInputs(shape, in: &graph) }
    if let core, let answer = logits.core {
      let coreLoss = AuraLoss(settings)(
        answer, core.target, known: core.known, weights: core.weights, in: &graph)
      loss = graph.weightedSum([(1, maskLoss), (1, coreLoss)])
    } else {
      loss = maskLoss
    }
    self.graph = graph
  }
}

/// What the core channel of a batch is held to: values `[N, 1, H, W]` that are constant.
struct CoreInputs {
  /// 1 inside a core, 0 elsewhere.
  let target: Value
  /// How much each pixel counts in the cross entropy; 0 where it is not known whether it is core.
  let weights: Value
  /// Which pixels count at all.
  let known: AuraLoss.Known

  init(_ shape: Shape, in graph: inout Graph) {
    target = graph.input("core.target", shape)
    weights = graph.input("core.weights", shape)
    known = AuraLoss.Known(shape, named: "core.known", in: &graph)
  }
}

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

  /// The same with those of cores, if the network has such a channel.
  func cellLogits(of image: Value, in graph: inout Graph) -> CellLogits
}

extension SegmentationNetwork {
  /// What the deepest layer needs to have a pixel.
  var smallest: Int { multiple }

  func encoderDepth(of path: Path) -> Int? { nil }

  func cellLogits(of image: Value, in graph: inout Graph) -> CellLogits {
    CellLogits(mask: logits(of: image, in: &graph))
  }

  /// The graph of inputs of one shape, with its input and its logits.
  func graph(
    _ mode: Graph.Mode, count: Int = 1, width: Int, height: Int
  ) -> (graph: Graph, image: Value, logits: CellLogits) {
    var graph = Graph(mode: mode)
    let image = graph.input("image", Shape(count, 3, height, width))
    let logits = cellLogits(of: image, in: &graph)
    return (graph, image, logits)
  }
}

/// A network with its loss, ready to run on batches of one shape.
final class TrainingPass {
  private let executor: Executor
  private let parameters: ParameterStore
  private let drawn: TrainingGraph

  /// Makes the buffers of a graph over shared parameters; without `learns` nothing is kept for
  /// `backward`.
  init(
    _ drawn: TrainingGraph, learns: Bool, parameters: ParameterStore, pool: ThreadPool,
    memory: WorkingMemory
  ) {
    (self.drawn, self.parameters) = (drawn, parameters)
    executor = Executor(
      drawn.graph, parameters: parameters, pool: pool, loss: learns ? drawn.loss : nil,
      memory: memory)
  }

  func forward(_ batch: Batch) -> Double {
    executor.load(batch.images, into: drawn.image)
    executor.load(batch.targets, into: drawn.target)
    if let known = drawn.known {
      load(
        batch.known ?? Array(repeating: 1, count: batch.targets.count), as: known, side: batch.side)
    }
    if let core = drawn.core { load(batch.cores, as: core, side: batch.side) }
    executor.forward()
    return Double(executor.values(of: drawn.loss)[0])
  }

  /// Loads what is known of which pixels.
  private func load(_ planes: [Float], as known: AuraLoss.Known, side: Int) {
    for (value, data) in known.values(of: planes, width: side, height: side) {
      executor.load(data, into: value)
    }
  }

  private func load(_ cores: CorePlanes, as core: CoreInputs, side: Int) {
    executor.load(cores.target, into: core.target)
    executor.load(cores.weights, into: core.weights)
    load(cores.weights.map { $0 > 0 ? 1 : 0 }, as: core.known, side: side)
  }

  /// The logits of the mask of the batch just run, `[count, side, side, 1]`.
  ///
  /// - Precondition: no other pass has used the memory since.
  var lastLogits: [Float] { executor.values(of: drawn.logits.mask) }

  /// The same of the cores; nil where the network has none.
  var lastCoreLogits: [Float]? { drawn.logits.core.map { executor.values(of: $0) } }

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
}

/// The passes of one network over batches of all shapes, in one working memory, each made when first used.
final class TrainingPasses<Network: SegmentationNetwork> {
  private struct PassKey: Hashable {
    let count: Int
    let side: Int
    let isPartlyKnown: Bool
    let learns: Bool
    let parameters: ObjectIdentifier
  }

  /// What all of them run in.
  let memory = WorkingMemory()
  private let network: Network
  private let loss: LossSettings
  private let mode: Graph.Mode
  private let pool: ThreadPool
  private var passes: [PassKey: TrainingPass] = [:]

  init(of network: Network, loss: LossSettings, mode: Graph.Mode, pool: ThreadPool) {
    (self.network, self.loss, self.mode, self.pool) = (network, loss, mode, pool)
  }

  /// The pass that learns from batches of the shape of one, or only measures them.
  func pass(
    for batch: Batch, learns: Bool, _ parameters: ParameterStore
  ) -> TrainingPass {
    let (count, side, isPartlyKnown) = (batch.count, batch.side, batch.known != nil)
    let key = PassKey(
      count: count, side: side, isPartlyKnown: isPartlyKnown, learns: learns,
      parameters: ObjectIdentifier(parameters))
    if let pass = passes[key] { return pass }
    let pass = TrainingPass(
      TrainingGraph(
        drawing: network, loss: loss, count: count, side: side, mode: learns ? mode : .evaluation,
        isPartlyKnown: isPartlyKnown),
      learns: learns, parameters: parameters, pool: pool, memory: memory)
    passes[key] = pass
    return pass
  }
}

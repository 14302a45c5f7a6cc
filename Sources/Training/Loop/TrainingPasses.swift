import Autograd
import Kernels
import Networks
import Recipes

/// The passes of one network over batches of all shapes, in one working memory, each made when first used.
final class TrainingPasses<Network: SegmentationNetwork> {
  /// What tells the passes of a network from each other.
  private struct PassKey: Hashable {
    let count: Int
    let side: Int
    let learns: Bool
    let parameters: ObjectIdentifier
  }

  private let network: Network
  private let loss: LossSettings
  private let mode: Graph.Mode
  private let pool: ThreadPool
  private let memory = WorkingMemory()
  private var passes: [PassKey: TrainingPass] = [:]

  /// Passes of a network that learns by a loss, in a mode.
  init(of network: Network, loss: LossSettings, mode: Graph.Mode, pool: ThreadPool) {
    self.network = network
    self.loss = loss
    self.mode = mode
    self.pool = pool
  }

  /// Bytes that all of them run in.
  var workingBytes: Int { memory.bytes }

  /// The pass that learns from batches of a shape, or only measures them.
  func pass(
    _ count: Int, _ side: Int, learns: Bool, _ parameters: ParameterStore
  ) -> TrainingPass {
    let key = PassKey(
      count: count, side: side, learns: learns, parameters: ObjectIdentifier(parameters))
    if let pass = passes[key] { return pass }
    let pass = TrainingPass(
      TrainingGraph(
        drawing: network, loss: loss, count: count, side: side, mode: learns ? mode : .evaluation),
      learns: learns, parameters: parameters, pool: pool, memory: memory)
    passes[key] = pass
    return pass
  }
}

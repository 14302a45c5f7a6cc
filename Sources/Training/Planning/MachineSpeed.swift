import Basics
import Autograd
import Imaging
import Kernels
import Networks
import Project
public import Recipes

/// How fast this machine trains: floating point operations a second.
public struct MachineSpeed: Equatable, Sendable {
  /// Thousand million operations a second, forward and backward together.
  public var gigaflops: Double

  /// Takes a known speed.
  public init(gigaflops: Double) { self.gigaflops = gigaflops }

  /// What an earlier run reached, by its `recipe.json` and `history.csv`; none without an epoch.
  public init?(recipe: Recipe, history: [EpochRecord]) {
    let rates = history.map(\.imagesPerSecond).filter { $0 > 0 && $0.isFinite }.sorted()
    guard !rates.isEmpty else { return nil }
    let batch = max(recipe.batch, 1)
    let stepFlops = Workload.stepFlops(
      of: recipe.architecture, size: recipe.size, batch: batch)
    gigaflops = rates[rates.count / 2] * stepFlops / Double(batch) * 1e-9
  }

  /// Times a step of three convolution layers, a fraction of a second.
  public static func probed(threads: Int) -> MachineSpeed {
    let network = ProbeNetwork()
    var generator = SeededGenerator(seed: 0)
    let side = ProbeNetwork.side
    let drawn = TrainingGraph(drawing: network, count: 1, side: side, mode: .training)
    let pass = TrainingPass(
      drawn, learns: true, parameters: ParameterStore(for: drawn.graph, using: &generator),
      pool: ThreadPool(threads: threads), memory: WorkingMemory())
    let plane = [Float](repeating: 0.5, count: side * side)
    let batch = Batch([Crop(side: side, image: plane, mask: plane)])
    let clock = ContinuousClock()
    var best = Double.infinity
    // The first passes wait for memory, and for the processor to wake up.
    for _ in 0..<20 {
      let start = clock.now
      _ = pass.forward(batch)
      pass.backward()
      best = min(best, start.duration(to: clock.now).seconds)
    }
    let flops = Double(side * side) * ProbeNetwork.forwardFlops * Workload.trainingFactor
    return MachineSpeed(gigaflops: flops / best * 1e-9 * networkShare)
  }

  /// A whole network reaches so many times the probe's speed: its pictures are larger or its channels
  /// more, and behind a doubling it does fewer products than are counted.
  private static let networkShare = 1.65
}

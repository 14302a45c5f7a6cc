import Autograd
import Basics
import Kernels
import Networks
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
    let stepFlops = Workload.stepFlops(of: recipe.architecture, size: recipe.stepSide, batch: batch)
    gigaflops = rates[rates.count / 2] * stepFlops / Double(batch) * 1e-9
  }

  /// Times a step of three convolution layers, a fraction of a second.
  public static func probed(threads: Int) -> MachineSpeed {
    var generator = SeededGenerator(seed: 0)
    let side = ProbeNetwork.side
    let drawn = TrainingGraph(drawing: ProbeNetwork(), count: 1, side: side, mode: .training)
    let pass = TrainingPass(
      drawn, learns: true, parameters: ParameterStore(for: drawn.graph, using: &generator),
      pool: ThreadPool(threads: threads), memory: WorkingMemory())
    let plane = [Float](repeating: 0.5, count: side * side)
    let batch = Batch([Crop(side: side, image: plane, mask: plane)])
    var best = Double.infinity
    // The first passes wait for memory, and for the processor to wake up.
    for _ in 0..<20 {
      let time = ContinuousClock().measure {
        _ = pass.forward(batch)
        pass.backward()
      }
      best = min(best, time / .seconds(1))
    }
    let flops = Double(side * side) * ProbeNetwork.forwardFlops * Workload.trainingFactor
    return MachineSpeed(gigaflops: flops / best * 1e-9 * networkShare)
  }

  /// A whole network reaches so many times the probe's speed: its pictures are larger or its channels
  /// more, and behind a doubling it does fewer products than are counted.
  private static let networkShare = 1.65
}

/// Three convolutions as they are most of a real network's work: what a machine's speed is told by.
struct ProbeNetwork: SegmentationNetwork {
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

/// How much a network computes for a pixel of its input.
enum Workload {
  /// Floating point operations of a forward pass for each pixel, counted over the convolutions.
  static func forwardFlops(of architecture: Architecture) -> Double {
    switch architecture {
    case .auraNet, .unetResNet: 547_700
    case .unet, .attentionUNet: 1_994_200
    case .ceNet: 204_300
    }
  }

  /// A training step computes three times as much: forward, and backward to inputs and to weights.
  static let trainingFactor = 3.0

  /// Operations of the convolutions that take as long as what a step does for each parameter, whatever
  /// the size of the pictures: Adam, and turning filters into the form that the kernels read.
  ///
  /// AURA-net's step of four pictures took 0.056 s at 64 pixels, 0.125 s at 128, 0.4 s at 256 and 1.35 s
  /// at 512, U-Net's 0.10 s at 64 and 1.22 s at 256: 1.2 million million operations a second, and 0.035 s
  /// for AURA-net's parameters.
  static let operationsPerParameter = 1_000.0

  /// Operations of a training step, its parameters' share included.
  static func stepFlops(of architecture: Architecture, size: Int, batch: Int) -> Double {
    Double(size) * Double(size) * Double(batch) * forwardFlops(of: architecture) * trainingFactor
      + parameters(of: architecture) * operationsPerParameter
  }

  private static func parameters(of architecture: Architecture) -> Double {
    switch architecture {
    case .auraNet, .unetResNet: 41.5e6
    case .unet, .attentionUNet: 34.7e6
    case .ceNet: 29.0e6
    }
  }
}

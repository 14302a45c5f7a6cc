import Autograd
import Foundation
import Imaging
import Kernels
import Networks

/// Times training steps and inferences of a network on pictures of noise.
struct Benchmark {
  let network: Architecture
  let size: Int
  let batch: Int
  let steps: Int
  let threads: Int

  /// Trains `steps` steps after one that warms up, then infers as often on one picture.
  ///
  /// A step is forward, loss, backward and Adam, as `bench_torch.py` counts it.
  func run(progress: (String) -> Void) -> BenchmarkReport {
    let pool = ThreadPool(threads: threads)
    var generator = SeededGenerator(seed: 0)
    var graph = Graph(mode: .training)
    let image = graph.input("image", Shape(batch, 3, size, size))
    let target = graph.input("target", Shape(batch, 1, size, size))
    let loss = AuraLoss(LossSettings())(
      network.logits(of: image, in: &graph), target, in: &graph)
    let parameters = ParameterStore(for: graph, using: &generator)
    var trainer: Executor? = Executor(
      graph, parameters: parameters, pool: pool, keepsForBackward: true)
    trainer?.load(noise(batch * 3, using: &generator), into: image)
    trainer?.load(noise(batch, using: &generator).map { $0 > 0.7 ? 1 : 0 }, into: target)
    let adam = Adam(parameters: parameters, learningRate: 3e-4, pool: pool)
    progress("training \(network.rawValue), \(size)x\(size), batch \(batch)")
    let training = times {
      trainer?.forward()
      trainer?.backward(from: loss)
      adam.step()
    }
    let peak = Self.peakBytes
    trainer = nil
    progress("inference")
    let inference = inferenceTimes(parameters, pool, using: &generator)
    return BenchmarkReport(
      network: network.rawValue, size: size, batch: batch, threads: threads,
      simd: EngineInfo.simdPath, trainingSteps: training, inferences: inference,
      peakTrainingBytes: peak, loadAverage: Self.loadAverage)
  }

  private func inferenceTimes(
    _ parameters: ParameterStore, _ pool: ThreadPool, using generator: inout SeededGenerator
  ) -> [Double] {
    var graph = Graph(mode: .evaluation)
    let image = graph.input("image", Shape(1, 3, size, size))
    _ = network.logits(of: image, in: &graph)
    let executor = Executor(graph, parameters: parameters, pool: pool, keepsForBackward: false)
    executor.load(noise(3, using: &generator), into: image)
    return times { executor.forward() }
  }

  private func noise(_ planes: Int, using generator: inout SeededGenerator) -> [Float] {
    (0..<planes * size * size).map { _ in Float(generator.uniform(0..<1)) }
  }

  private func times(_ body: () -> Void) -> [Double] {
    body()
    let clock = ContinuousClock()
    return (0..<steps).map { _ in clock.measure(body) / .seconds(1) }
  }

  /// The most memory that the process has held, in bytes; 0 where the system does not say.
  private static var peakBytes: Int {
    let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
  }

  private static var loadAverage: Double {
    let text = try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)
    return text?.split(separator: " ").first.flatMap { Double($0) } ?? 0
  }
}

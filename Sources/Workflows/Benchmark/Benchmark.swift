import Basics
import Autograd
import Foundation
import Imaging
import Kernels
import Networks
public import Recipes
import Training

/// Times training steps and inferences of a network on pictures of noise.
public struct Benchmark {
  private let network: Architecture
  private let size: Int
  private let batch: Int
  private let inferenceBatch: Int
  private let warmup: Int
  private let steps: Int
  private let threads: Int

  /// Prepares a benchmark of pictures of a side: so many of them in a training step and in an inference;
  /// of both some warm up, and some more are timed.
  public init(
    network: Architecture, size: Int, batch: Int, inferenceBatch: Int, warmup: Int, steps: Int,
    threads: Int
  ) {
    self.network = network
    self.size = size
    self.batch = batch
    self.inferenceBatch = inferenceBatch
    self.warmup = warmup
    self.steps = steps
    self.threads = threads
  }

  /// Trains `steps` steps after those that warm up, then infers as often.
  ///
  /// A step is forward, loss, backward and Adam, as `bench_torch.py` counts it.
  public func run(progress: (String) -> Void) -> BenchmarkReport {
    let pool = ThreadPool(threads: threads)
    var generator = SeededGenerator(seed: 0)
    let drawn = trainingGraph
    let parameters = ParameterStore(for: drawn.graph, using: &generator)
    var trainer: Executor? = Executor(
      drawn.graph, parameters: parameters, pool: pool, loss: drawn.loss)
    trainer?.load(noise(batch * 3, using: &generator), into: drawn.image)
    trainer?.load(noise(batch, using: &generator).map { $0 > 0.7 ? 1 : 0 }, into: drawn.target)
    let adam = Adam(parameters: parameters, learningRate: 3e-4, pool: pool)
    progress("training \(network.rawValue), \(size)x\(size), batch \(batch)")
    let watched = watch(trainer)
    let training = times(afterWarmup: watched.times.forget) {
      trainer?.forward()
      trainer?.backward()
      adam.step()
    }
    let peak = Self.peakBytes
    trainer = nil
    progress("inference")
    let inference = inferenceTimes(parameters, pool, using: &generator)
    return BenchmarkReport(
      network: network.rawValue, size: size, batch: batch, inferenceBatch: inferenceBatch,
      threads: threads, simd: EngineInfo.simdPath,
      blas: "\(EngineInfo.blasName), kernel \(EngineInfo.blasCore)", trainingSteps: training,
      trainingMedian: BenchmarkReport.median(training), inferences: inference,
      inferenceMedian: BenchmarkReport.median(inference), peakTrainingBytes: peak,
      loadAverage: Self.loadAverage,
      layers: watched.steps.isEmpty
        ? nil
        : LayerTime.rows(watched.steps, watched.times, step: BenchmarkReport.median(training)))
  }

  /// Bytes that it takes at most: the pictures, and four numbers a parameter while it trains.
  public var bytes: Int {
    let drawn = trainingGraph
    let training =
      drawn.graph.executionBytes(threads: threads, loss: drawn.loss)
      + 16 * drawn.graph.parameterCount
    let inference = inferenceGraph.graph.executionBytes(threads: threads, freezesParameters: true)
    return max(training, inference) + 16 * max(batch, inferenceBatch) * size * size
  }

  private var trainingGraph: TrainingGraph {
    TrainingGraph(
      of: CellNetwork(network), loss: LossSettings(), count: batch, side: size, mode: .training)
  }

  private var inferenceGraph: (graph: Graph, image: Value) {
    var graph = Graph(mode: .evaluation)
    let image = graph.input("image", Shape(inferenceBatch, 3, size, size))
    _ = network.logits(of: image, in: &graph)
    return (graph, image)
  }

  /// Times every step of an executor from now on.
  private func watch(_ executor: Executor?) -> (steps: [ExecutionStep], times: StepTimes) {
    let steps = executor?.steps ?? []
    let clock = ContinuousClock()
    let start = clock.now
    let times = StepTimes(steps: steps.count) { start.duration(to: clock.now) / .seconds(1) }
    executor?.trace = times.time
    return (steps, times)
  }

  private func inferenceTimes(
    _ parameters: ParameterStore, _ pool: ThreadPool, using generator: inout SeededGenerator
  ) -> [Double] {
    let (graph, image) = inferenceGraph
    let executor = Executor(graph, parameters: parameters, pool: pool, freezesParameters: true)
    executor.load(noise(inferenceBatch * 3, using: &generator), into: image)
    return times { executor.forward() }
  }

  private func noise(_ planes: Int, using generator: inout SeededGenerator) -> [Float] {
    (0..<planes * size * size).map { _ in Float(generator.uniform(0..<1)) }
  }

  private func times(afterWarmup begin: () -> Void = {}, _ body: () -> Void) -> [Double] {
    for _ in 0..<warmup { body() }
    begin()
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

/// What a benchmark measured.
public struct BenchmarkReport: Codable, Equatable {
  var network: String
  var size: Int
  var batch: Int
  var inferenceBatch: Int
  var threads: Int
  var simd: String
  /// The library of the products that no own kernel computes, and its kernel.
  var blas: String
  /// Seconds of each training step: forward, loss, backward, Adam.
  var trainingSteps: [Double]
  /// The median of them.
  var trainingMedian: Double
  /// Seconds of each inference of `inferenceBatch` pictures.
  var inferences: [Double]
  /// The median of them.
  var inferenceMedian: Double
  /// The most memory held while training.
  var peakTrainingBytes: Int
  /// Processes that wanted to run in the last minute: above the number of threads, times mean little.
  var loadAverage: Double
  /// What the layers take of a training step; none where the engine does not tell.
  var layers: [LayerTime]?

  /// A line a layer, then a line a figure.
  public var table: String {
    (layers.map { LayerTime.table($0) + "\n" } ?? "") + """
      network      \(network), \(size)x\(size), batch \(batch), \(threads) threads, \(simd)
      BLAS         \(blas)
      training     \(Self.spread(trainingSteps)) s a step
      inference    \(Self.spread(inferences)) s \(pictures)
      memory       \(peakTrainingBytes >> 20) MiB at most while training
      load         \(loadAverage)

      """
  }

  private var pictures: String {
    inferenceBatch == 1 ? "a picture" : "for \(inferenceBatch) pictures"
  }

  /// Median, least and most of some seconds.
  static func spread(_ seconds: [Double]) -> String {
    let sorted = seconds.sorted()
    guard let least = sorted.first, let most = sorted.last else { return "none" }
    let text = [median(sorted), least, most].map { NumberText.decimal($0, digits: 3) }
    return "\(text[0]) (\(text[1]) to \(text[2]))"
  }

  /// The middle value, or the mean of the two in the middle.
  static func median(_ seconds: [Double]) -> Double {
    let sorted = seconds.sorted()
    guard !sorted.isEmpty else { return 0 }
    let half = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[half]
  }
}

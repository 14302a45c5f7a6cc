import Autograd
import Imaging
import Kernels
import Networks

/// A network whose encoder can run alone.
protocol EncodingNetwork: SegmentationNetwork {
  /// The deepest feature map of the encoder: `[N, C, H, W]` of `[N, 3, H, W]` normalised images.
  func deepestFeatures(of image: Value, in graph: inout Graph) -> Value
}

extension CellNetwork: EncodingNetwork {
  func deepestFeatures(of image: Value, in graph: inout Graph) -> Value {
    architecture.deepestFeatures(of: image, in: &graph)
  }
}

extension Predictor {
  /// Looks are compared at this working size at most: enough to tell them apart, and quick.
  static let largestFeatureSize = 256
  /// Of images that are longer than this at that size the middle is looked at.
  static let largestFeatureSide = 512

  /// What images look like to the network: the mean over the picture of each channel of its encoder's deepest layer,
  /// then the deviations.
  ///
  /// Only the encoder runs, in one view: a fraction of a prediction. Large images are looked at in part. Vectors are
  /// comparable within one call.
  ///
  /// - Parameters:
  ///   - images: The images.
  ///   - isStopped: Whether to end, asked before each image.
  ///   - progress: Told before each image how many of how many are done.
  /// - Returns: nil where stopped; nil for an image that cannot be read, that there is not the memory for, or of
  ///   which nothing finite comes, and for all where the network has no encoder.
  public func features(
    of images: [SampledImage], isStopped: () -> Bool = { false },
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) -> [[Float]?]? {
    guard let network = network as? any EncodingNetwork else { return images.map { _ in nil } }
    var pass: FeaturePass?
    var vectors: [[Float]?] = []
    for (index, image) in images.enumerated() {
      progress(index, images.count)
      if isStopped() { return nil }
      vectors.append(features(of: image, network, &pass))
    }
    return vectors
  }

  /// The features of one image; `pass` is what the last one ran in.
  private func features(
    of image: SampledImage, _ network: any EncodingNetwork, _ pass: inout FeaturePass?
  ) -> [Float]? {
    let (width, height) = image.part
    let frame = featureFrame(width: width, height: height)
    let (columns, rows) = (featureSpan(frame.paddedWidth), featureSpan(frame.paddedHeight))
    if pass?.graph.width != columns.count || pass?.graph.height != rows.count { pass = nil }
    let graph =
      pass?.graph ?? FeatureGraph(network, width: columns.count, height: rows.count)
    let bytes = MemoryNeed.imageBytes(width: image.width, height: image.height)
    let need = graph.memory(threads: pool.threads, isThere: pass != nil, besides: bytes)
    guard memoryLimit().holds(need), let (pixels, _) = try? image.readPart(),
      (pixels.width, pixels.height) == (width, height)
    else { return nil }
    let plane = frame.input(
      rows: rows, columns: columns, from: pixels,
      window: ContrastWindow(of: pixels, percentiles: percentiles))
    let fitting = pass ?? FeaturePass(graph, parameters: parameters, pool: pool)
    pass = fitting
    let vector = fitting.features(of: plane)
    return vector.allSatisfy(\.isFinite) ? vector : nil
  }

  /// How an image is scaled: as it is for its mask, but no larger than need be.
  private func featureFrame(width: Int, height: Int) -> WorkingFrame {
    let share = min(1, Double(Self.largestFeatureSize) / Double(size))
    let scaled = Int((share * Double(size(width: width, height: height))).rounded())
    return WorkingFrame(
      width: width, height: height, size: max(scaled, network.smallest), multiple: network.multiple)
  }

  /// The middle of a side, as the network takes it.
  private func featureSpan(_ side: Int) -> Range<Int> {
    let most = max(network.smallest, Self.largestFeatureSide / network.multiple * network.multiple)
    let count = min(side, most)
    let start = (side - count) / 2
    return start..<start + count
  }
}

/// A network's encoder for single images of one size.
private struct FeatureGraph {
  let width: Int
  let height: Int
  let graph: Graph
  let image: Value
  let deepest: Value

  init(_ network: any EncodingNetwork, width: Int, height: Int) {
    var graph = Graph(mode: .evaluation)
    image = graph.input("image", Shape(1, 3, height, width))
    deepest = network.deepestFeatures(of: image, in: &graph)
    (self.width, self.height, self.graph) = (width, height, graph)
  }

  /// What it takes to run, unless that is there already, and to hold so many bytes besides.
  func memory(threads: Int, isThere: Bool, besides bytes: Double) -> MemoryLimit.Need {
    let buffers = Double(graph.executionBytes(threads: threads, freezesParameters: true))
    let weights = 8 * Double(graph.parameterCount)
    return MemoryLimit.Need(
      total: MemoryNeed.programBytes + weights + buffers + bytes,
      fresh: isThere ? bytes : buffers + bytes)
  }
}

/// An encoder with the memory that it runs in.
private final class FeaturePass {
  let graph: FeatureGraph
  private let executor: Executor

  init(_ graph: FeatureGraph, parameters: ParameterStore, pool: ThreadPool) {
    self.graph = graph
    executor = Executor(graph.graph, parameters: parameters, pool: pool, freezesParameters: true)
  }

  /// The mean over a plane of 0...1 of each channel of the deepest layer, then the deviations.
  func features(of plane: [Float]) -> [Float] {
    executor.load(Normalization.pixels(of: [plane]), into: graph.image)
    executor.forward()
    let values = executor.values(of: graph.deepest)
    let channels = graph.graph.shape(of: graph.deepest).extents[1]
    return Self.pooled(values, channels: channels)
  }

  /// The mean and the deviation of each channel of a feature map, channels-last.
  static func pooled(_ values: [Float], channels: Int) -> [Float] {
    let pixels = Float(values.count / channels)
    var means = [Float](repeating: 0, count: channels)
    var squares = means
    for (index, value) in values.enumerated() { means[index % channels] += value / pixels }
    for (index, value) in values.enumerated() {
      let gap = value - means[index % channels]
      squares[index % channels] += gap * gap / pixels
    }
    return means + squares.map { $0.squareRoot() }
  }
}

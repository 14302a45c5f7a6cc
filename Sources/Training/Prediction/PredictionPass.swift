import Autograd
import Kernels

/// A network in evaluation mode, ready to run on single images of one size.
final class PredictionPass {
  /// Pixels in a row.
  let width: Int
  /// Rows.
  let height: Int
  private let executor: Executor
  private let image: Value
  private let output: Value

  /// Builds the graph and its buffers.
  init(
    _ network: any SegmentationNetwork, width: Int, height: Int, parameters: ParameterStore,
    pool: ThreadPool
  ) {
    self.width = width
    self.height = height
    let (graph, image, output) = Self.graph(of: network, width: width, height: height)
    self.image = image
    self.output = output
    executor = Executor(graph, parameters: parameters, pool: pool, freezesParameters: true)
  }

  /// The logits of a plane of 0...1.
  func logits(of plane: [Float]) -> [Float] {
    var pixels: [Float] = []
    pixels.reserveCapacity(plane.count * 3)
    Normalization.append(plane, to: &pixels)
    executor.load(pixels, into: image)
    executor.forward()
    return executor.values(of: output)
  }

  /// The graph of one size with its input and its logits.
  static func graph(
    of network: any SegmentationNetwork, width: Int, height: Int
  ) -> (graph: Graph, image: Value, logits: Value) {
    var graph = Graph(mode: .evaluation)
    let image = graph.input("image", Shape(1, 3, height, width))
    let logits = network.logits(of: image, in: &graph)
    return (graph, image, logits)
  }
}

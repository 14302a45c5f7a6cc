import Autograd
import TestSupport
import Kernels

/// A network of every kind of layer, small enough to train in a test.
struct SmallNetwork {
  let graph: Graph
  let image: Value
  let target: Value
  let features: Value
  let logits: Value
  let loss: Value

  init(mode: Graph.Mode = .training, side: Int = 16, images: Int = 2) {
    var graph = Graph(mode: mode)
    func block(_ x: Value, _ width: Int, _ name: Path, stride: Int = 1) -> Value {
      let channels = graph.shape(of: x).channels
      let weight = graph.parameter(
        name / "conv" / "weight", Shape(width, channels, 3, 3), .uniform(bound: 0.3))
      let bias = graph.parameter(name / "conv" / "bias", Shape(width), .uniform(bound: 0.3))
      let y = graph.convolution(x, weight, bias, stride: stride, padding: 1)
      return graph.relu(
        graph.batchNorm(
          y, weight: graph.parameter(name / "bn" / "weight", Shape(width), .constant(1)),
          bias: graph.parameter(name / "bn" / "bias", Shape(width), .constant(0)),
          runningMean: graph.statistic(name / "bn" / "running_mean", Shape(width), .constant(0)),
          runningVariance: graph.statistic(
            name / "bn" / "running_var", Shape(width), .constant(1))))
    }
    image = graph.input("image", Shape(images, 3, side, side))
    target = graph.input("target", Shape(images, 1, side, side))
    let full = block(image, 8, "full")
    let half = block(graph.maxPool(full, kernel: 2, stride: 2), 12, "half")
    let down = block(half, 16, "down", stride: 2)
    let up = block(graph.upsample(graph.upsample(down)), 8, "up")
    let gate = graph.sigmoid(
      graph.convolution(
        graph.add(up, full), graph.parameter("gate.weight", Shape(1, 8, 1, 1), .uniform(bound: 1))))
    features = block(graph.concatenate([graph.multiply(gate, full), up]), 8, "merge")
    logits = graph.convolution(
      features, graph.parameter("head.weight", Shape(1, 8, 1, 1), .uniform(bound: 0.3)),
      graph.parameter("head.bias", Shape(1), .constant(0)))
    let p = graph.sigmoid(logits)
    loss = graph.weightedSum([
      (0.375, graph.binaryCrossEntropy(logits, target)), (0.375, graph.diceLoss(p, target)),
      (0.25, graph.contourLength(p, epsilon: 1e-8)), (1.25, graph.regionArea(p, target)),
    ])
    self.graph = graph
  }

  func store(seed: Int = 3) -> ParameterStore {
    var rng = SplitMix(seed: seed)
    return ParameterStore(for: graph, using: &rng)
  }

  func load(_ executor: Executor, seed: Int = 5) {
    var rng = SplitMix(seed: seed)
    let shape = graph.shape(of: target)
    executor.load(rng.floats(graph.shape(of: image).count), into: image)
    executor.load(
      (0..<shape.count).map { ($0 / shape.width + $0 % shape.width) % 16 < 8 ? 1 : 0 }, into: target
    )
  }
}

import Autograd
import Foundation
import Testing

@testable import Weights

struct ONNXModelTests {
  /// A network with one of each op that networks have.
  private struct Sketch {
    let graph: Graph
    let image: Value
    let probabilities: Value

    init(height: Int = 12, width: Int = 24) {
      var graph = Graph(mode: .evaluation)
      image = graph.input("image", Shape(1, 3, height, width))
      func filter(_ path: Path, _ extents: Int..., in graph: inout Graph) -> Value {
        graph.parameter(path, Shape(extents), .constant(0.5))
      }
      let first = graph.convolution(
        image, filter("first.weight", 4, 3, 3, 3, in: &graph),
        filter("first.bias", 4, in: &graph), stride: 2, padding: 3, dilation: 3)
      let norm = ["weight", "bias"].map {
        graph.parameter("norm" / $0, Shape(4), .constant(1))
      }
      let moments = ["running_mean", "running_var"].map {
        graph.statistic("norm" / $0, Shape(4), .constant(1))
      }
      let normal = graph.relu(
        graph.batchNorm(
          first, weight: norm[0], bias: norm[1], runningMean: moments[0],
          runningVariance: moments[1]))
      let pooled = graph.maxPool(normal, kernel: 2, stride: 2)
      let doubled = graph.upsample(pooled)
      let stretched = graph.resize(pooled, height: height / 2, width: width / 2)
      let sum = graph.add(doubled, stretched)
      let gate = graph.sigmoid(
        graph.convolution(sum, filter("gate.weight", 1, 4, 1, 1, in: &graph)))
      let joined = graph.concatenate([graph.multiply(gate, sum), normal])
      probabilities = graph.sigmoid(
        graph.transposedConvolution(
          joined, filter("last.weight", 8, 1, 3, 3, in: &graph), stride: 2, padding: 1,
          outputPadding: 1))
      self.graph = graph
    }

    var model: ONNXModel {
      ONNXModel(
        graph, image: image, probabilities: probabilities, mean: [0.5, 0.25, 1],
        deviation: [0.5, 0.25, 2], parameters: ParameterStore(declaring: graph))
    }
  }

  @Test("every op of a network becomes the operators of ONNX that compute it")
  func nodes() throws {
    let nodes = Sketch().model.nodes
    #expect(
      nodes.map(\.operation) == [
        "Conv", "Conv", "BatchNormalization", "Relu", "MaxPool", "Resize", "Shape", "Shape", "Div",
        "Concat", "Resize", "Add", "Conv", "Sigmoid", "Mul", "Concat", "ConvTranspose", "Sigmoid",
      ])
    #expect(nodes.first?.inputs == ["image", "normalization.weight", "normalization.bias"])
    #expect(nodes.last?.output == "probabilities")
    let convolution = nodes[1]
    #expect(convolution.inputs == ["normalized", "first.weight", "first.bias"])
    #expect(
      convolution.attributes == [
        "strides": .wholeNumbers([2, 2]), "pads": .wholeNumbers([3, 3, 3, 3]),
        "dilations": .wholeNumbers([3, 3]),
      ])
    #expect(
      nodes[2].inputs.dropFirst() == [
        "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var",
      ])
    #expect(nodes[2].attributes == ["epsilon": .number(1e-5)])
    #expect(nodes[5].inputs == [nodes[4].output, "", "doubled"])
    #expect(nodes[10].inputs == [nodes[4].output, "", "", nodes[9].output])
    #expect(nodes[16].attributes["output_padding"] == .wholeNumbers([1, 1]))
  }

  @Test("what a node reads is there before it, and every name stands for one value")
  func names() {
    let model = Sketch().model
    var known = Set(model.tensors.map(\.name) + ["image", ""])
    #expect(known.count == model.tensors.count + 2)
    for node in model.nodes {
      #expect(known.isSuperset(of: node.inputs), "\(node)")
      #expect(known.insert(node.output).inserted, "\(node)")
    }
  }

  @Test("the grey image is normalised a channel, and weights keep their names and values")
  func tensors() {
    let tensors = Sketch().model.tensors
    let named = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0) })
    #expect(named["normalization.weight"]?.content == .numbers([2, 4, 0.5]))
    #expect(named["normalization.weight"]?.extents == [3, 1, 1, 1])
    #expect(named["normalization.bias"]?.content == .numbers([-1, -1, -0.5]))
    #expect(named["parts_2_2"]?.content == .wholeNumbers([2, 2]))
    #expect(named["last.weight"]?.extents == [8, 1, 3, 3])
    #expect(
      named["gate.weight"]?.content == .numbers([Float](repeating: 0.5, count: 4)))
  }

  @Test("the file is the same whatever the size of the graph that it is made of")
  func anySize() {
    func bytes(_ sketch: Sketch) -> [Data] {
      sketch.model.pieces(name: "sketch", producer: ("aura", "1"))
    }
    #expect(bytes(Sketch()) == bytes(Sketch(height: 36, width: 20)))
  }

  @Test("a graph that learns is no network for others")
  func learning() async {
    await #expect(processExitsWith: .failure) {
      var graph = Graph(mode: .training)
      let x = graph.input("x", Shape(1, 1, 2, 2))
      _ = graph.diceLoss(graph.sigmoid(x), x)
      _ = graph.describedNodes
    }
  }
}

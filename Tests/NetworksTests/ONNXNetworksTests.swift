import Autograd
import Networks
import Recipes
import Testing

@testable import Weights

@Suite(.serialized) struct ONNXNetworksTests {
  /// A network with both channels, translated from a graph of one size.
  private func translation(
    of architecture: Architecture, height: Int, width: Int
  ) -> (ONNXTranslation, Graph) {
    var graph = Graph(mode: .evaluation)
    let image = graph.input("image", Shape(1, 3, height, width))
    let logits = architecture.logitsWithCores(of: image, in: &graph)
    if let core = logits.core { _ = graph.sigmoid(graph.concatenate([logits.mask, core])) }
    var translation = ONNXTranslation(graph, image: image, named: "normalized")
    for node in graph.describedNodes { translation.add(node) }
    return (translation, graph)
  }

  @Test(
    "every network is written in ONNX's operators, with all its weights",
    arguments: Architecture.allCases)
  func everyNetwork(architecture: Architecture) {
    let side = architecture.smallest
    let (translation, graph) = translation(of: architecture, height: side, width: side)
    let operators: Set = [
      "Conv", "ConvTranspose", "BatchNormalization", "Relu", "Sigmoid", "Add", "Mul", "Concat",
      "MaxPool", "Resize", "Shape", "Div",
    ]
    #expect(operators.isSuperset(of: translation.nodes.map(\.operation)))
    let paths = ParameterStore(declaring: graph).paths
    #expect(translation.parameters.count == paths.count)
    #expect(Set(translation.parameters) == Set(paths))
  }

  @Test("a network is the same for images of all sizes", arguments: Architecture.allCases)
  func anySize(architecture: Architecture) {
    let (side, multiple) = (architecture.smallest, architecture.multiple)
    let (small, _) = translation(of: architecture, height: side, width: side)
    let (large, _) = translation(
      of: architecture, height: side + multiple, width: side + 3 * multiple)
    #expect(small.nodes == large.nodes)
    #expect(small.constants == large.constants)
    #expect(small.parameters == large.parameters)
  }
}

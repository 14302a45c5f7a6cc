@testable import Autograd
import Kernels
import Testing

@Suite struct GraphTests {
  @Test func `declarations stand in the order of their first naming`() {
    let declarations = SmallNetwork().graph.declarations
    #expect(
      declarations.prefix(3).map(\.path) == [
        "full.conv.weight", "full.conv.bias", "full.bn.weight",
      ])
    #expect(declarations.filter { !$0.isTrained }.count == 10)
  }

  @Test func `a store draws from its generator alone and within its bounds`() {
    let network = SmallNetwork()
    let (a, b, c) = (network.store(seed: 1), network.store(seed: 1), network.store(seed: 2))
    #expect(a.paths == network.graph.declarations.map(\.path))
    for path in a.paths { #expect(a[path] == b[path]) }
    #expect(a["up.conv.weight"] != c["up.conv.weight"])
    #expect(a["up.conv.weight"].allSatisfy { abs($0) <= 0.3 })
    #expect(a["up.conv.weight"].map(abs).max() ?? 0 > 0.29)
    #expect(a["up.bn.weight"] == [Float](repeating: 1, count: 8))
    #expect(a.shape(of: "up.conv.weight") == Shape(8, 16, 3, 3))
    #expect(!a.isTrained("up.bn.running_mean"))
  }

  @Test func `a value says what it is`() {
    let network = SmallNetwork()
    #expect(network.graph.describe(network.image) == "input 'image'")
    #expect(network.graph.describe(network.logits) == "Convolution of layer 'head'")
    #expect(network.graph.describe(network.features) == "ReLU after BatchNorm of layer 'merge.bn'")
  }

  @Test func `shapes follow from the ops`() {
    var graph = Graph(mode: .training)
    let x = graph.input("x", Shape(2, 3, 9, 7))
    let w = graph.parameter("w", Shape(5, 3, 7, 7), .uniform(bound: 1))
    let values = [
      graph.convolution(x, w, stride: 2, padding: 3),
      graph.maxPool(x, kernel: 3, stride: 2, padding: 1), graph.upsample(x),
      graph.concatenate([x, x]),
    ]
    #expect(
      values.map { graph.shape(of: $0) }
        == [Shape(2, 5, 5, 4), Shape(2, 3, 5, 4), Shape(2, 3, 18, 14), Shape(2, 6, 9, 7)])
  }

  @Test func `shapes that do not fit trap`() async {
    await #expect(processExitsWith: .failure) { _ = Add().shape(of: [Shape(1), Shape(2)]) }
    await #expect(processExitsWith: .failure) {
      _ = Convolution().shape(of: [Shape(1, 3, 5, 5), Shape(4, 2, 3, 3)])
    }
    await #expect(processExitsWith: .failure) {
      _ = Multiply().shape(of: [Shape(1, 2, 5, 5), Shape(1, 4, 5, 5)])
    }
  }
}

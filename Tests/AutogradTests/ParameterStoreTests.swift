import TestSupport
import Testing

@testable import Autograd

struct ParameterStoreTests {
  @Test(arguments: [1, 2, 7, 10_001])
  func `parameters start evenly spread within their bound, by the generator alone`(count: Int) {
    var graph = Graph(mode: .training)
    _ = graph.parameter("first", Shape(count), .uniform(bound: 0.25))
    _ = graph.parameter("second", Shape(count), .uniform(bound: 0.25))
    var rng = SplitMix(seed: 5)
    var again = SplitMix(seed: 5)
    let store = ParameterStore(for: graph, using: &rng)
    let values = store["first"]

    #expect(values.count == count)
    #expect(values.allSatisfy { $0 >= -0.25 && $0 < 0.25 })
    #expect(values != store["second"])
    #expect(ParameterStore(for: graph, using: &again)["second"] == store["second"])
    guard count > 1000 else { return }
    let mean = values.reduce(0, +) / Float(count)
    let variance = values.reduce(0) { $0 + $1 * $1 } / Float(count)
    #expect(abs(mean) < 0.006)
    #expect(abs(variance - 0.25 * 0.25 / 3) < 0.001)
    // Both halves of a draw count.
    let even = stride(from: 0, to: count, by: 2).map { values[$0] }
    let odd = stride(from: 1, to: count, by: 2).map { values[$0] }
    let product = zip(even, odd).reduce(0) { $0 + $1.0 * $1.1 } / Float(odd.count)
    #expect(abs(product) < 0.002)
  }
}

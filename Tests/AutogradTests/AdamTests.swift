import Autograd
import Kernels
import Testing

@Suite struct AdamTests {
  private let gradients: [[Float]] = [
    [0.1, -2, 1e-6, 0], [0.3, 1, -1e-6, 0.5], [-0.2, 0.25, 3e-6, -4],
  ]

  /// A store of one parameter whose gradient is what is loaded into `x`.
  private func run(
    _ gradients: [[Float]], from state: AdamState? = nil, at start: [Float]
  ) -> (ParameterStore, Adam) {
    var graph = Graph(mode: .training)
    let w = graph.parameter("w", Shape(4), .constant(0))
    let x = graph.input("x", Shape(4))
    let loss = graph.dot(w, x)
    var rng = SplitMix(seed: 0)
    let store = ParameterStore(for: graph, using: &rng)
    store["w"] = start
    let executor = Executor(
      graph, parameters: store, pool: ThreadPool(threads: 1), loss: loss)
    let adam = Adam(parameters: store, learningRate: 3e-2)
    if let state { adam.state = state }
    for gradient in gradients {
      executor.load(gradient, into: x)
      executor.forward()
      executor.backward()
      adam.step()
    }
    return (store, adam)
  }

  @Test func `three steps are PyTorch's`() {
    let (store, adam) = run(gradients, at: [0.5, -1.25, 2, 0])
    // torch 2.13, float32, Adam(lr=3e-2).
    let expected: [Float] = [
      0.4347294569015503, -1.2080031633377075, 1.9551305770874023, -0.005446901544928551,
    ]
    for (a, b) in zip(store["w"], expected) { #expect(abs(a - b) <= 2e-7 * max(1, abs(b))) }
    let first: [Float] = [
      0.015100003220140934, -0.04699999839067459, 2.910000205247343e-07, -0.35500001907348633,
    ]
    for (a, b) in zip(adam.state.first["w"] ?? [], first) { #expect(abs(a - b) <= 1e-6 * abs(b)) }
    let second: [Float] = [
      0.00013989002036396414, 0.00505350437015295, 1.0997002496181216e-14, 0.016249751672148705,
    ]
    for (a, b) in zip(adam.state.second["w"] ?? [], second) { #expect(abs(a - b) <= 1e-6 * abs(b)) }
    #expect(adam.state.step == 3)
  }

  @Test func `a state set again continues with the same bits`() {
    let (whole, adam) = run(gradients, at: [0.5, -1.25, 2, 0])
    let (half, first) = run(Array(gradients[..<1]), at: [0.5, -1.25, 2, 0])
    let (rest, second) = run(Array(gradients[1...]), from: first.state, at: half["w"])
    #expect(rest["w"] == whole["w"])
    #expect(second.state == adam.state)
  }
}

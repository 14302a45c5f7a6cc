import Autograd
import Kernels
import TestSupport
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

  /// A store of three parameters of odd sizes after three steps, each with its share of the rate.
  private func run(shares: [Path: Double], rate: Double = 3e-2) -> (ParameterStore, AdamState) {
    var graph = Graph(mode: .training)
    let sizes: [(Path, Int)] = [("a.w", 5), ("b.w", 33), ("c.w", 20)]
    var loss: [(weight: Float, value: Value)] = []
    var inputs: [Value] = []
    for (path, size) in sizes {
      let w = graph.parameter(path, Shape(size), .uniform(bound: 1))
      inputs.append(graph.input("x\(path)", Shape(size)))
      loss.append((1, graph.dot(w, inputs[inputs.count - 1])))
    }
    let sum = graph.weightedSum(loss)
    var rng = SplitMix(seed: 0)
    let store = ParameterStore(for: graph, using: &rng)
    let executor = Executor(graph, parameters: store, pool: ThreadPool(threads: 1), loss: sum)
    let adam = Adam(parameters: store, learningRate: rate) { shares[$0] ?? 1 }
    for step in 0..<3 {
      for (input, (_, size)) in zip(inputs, sizes) {
        executor.load((0..<size).map { Float(($0 + 3 * step) % 7) - 2.5 }, into: input)
      }
      executor.forward()
      executor.backward()
      adam.step()
    }
    return (store, adam.state)
  }

  @Test(arguments: [["a.w"], ["b.w"], ["c.w"], ["a.w", "b.w"], ["a.w", "c.w"]] as [[Path]])
  func `parameters with a share of the rate move as at that rate, to the last bit`(
    slow: [Path]
  ) {
    let shares = Dictionary(uniqueKeysWithValues: slow.map { ($0, 0.125) })
    let (mixed, state) = run(shares: shares)
    let (fast, fastState) = run(shares: [:])
    let (low, _) = run(shares: [:], rate: 3e-2 * 0.125)
    for path in fast.paths { #expect(mixed[path] == (slow.contains(path) ? low : fast)[path]) }
    #expect(state == fastState)
  }

  @Test func `a share of 0 leaves a parameter and its moments as they are`() {
    let (mixed, state) = run(shares: ["b.w": 0])
    let (fast, fastState) = run(shares: [:])
    let (start, _) = run(shares: ["a.w": 0, "b.w": 0, "c.w": 0])
    #expect(mixed["b.w"] == start["b.w"])
    #expect(state.first["b.w"] == [Float](repeating: 0, count: 33))
    for path in ["a.w", "c.w"] as [Path] {
      #expect(mixed[path] == fast[path])
      #expect(state.second[path] == fastState.second[path])
    }
  }

  @Test func `a state set again continues with the same bits`() {
    let (whole, adam) = run(gradients, at: [0.5, -1.25, 2, 0])
    let (half, first) = run(Array(gradients[..<1]), at: [0.5, -1.25, 2, 0])
    let (rest, second) = run(Array(gradients[1...]), from: first.state, at: half["w"])
    #expect(rest["w"] == whole["w"])
    #expect(second.state == adam.state)
  }
}

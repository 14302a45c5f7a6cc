@testable import Autograd
import Kernels
import TestSupport
import Testing

@Suite struct ExecutorTests {
  private func trained(threads: Int, steps: Int = 3) -> (losses: [Float], store: ParameterStore) {
    let network = SmallNetwork()
    let store = network.store()
    let pool = ThreadPool(threads: threads)
    let executor = Executor(
      network.graph, parameters: store, pool: pool, loss: network.loss)
    let adam = Adam(parameters: store, learningRate: 1e-2, pool: pool)
    network.load(executor)
    let losses = (0..<steps).map { _ in
      executor.forward()
      executor.backward()
      adam.step()
      return executor.values(of: network.loss)[0]
    }
    return (losses, store)
  }

  @Test(arguments: [Graph.Mode.training, .evaluation])
  func `a graph tells how much memory it would run in`(mode: Graph.Mode) {
    let network = SmallNetwork(mode: mode)
    let loss = mode == .training ? network.loss : nil
    let pool = ThreadPool(threads: 2)
    let executor = Executor(network.graph, parameters: network.store(), pool: pool, loss: loss)
    #expect(network.graph.executionBytes(threads: 2, loss: loss) == executor.memoryBytes)
    #expect(executor.memoryBytes > 0)
  }

  @Test func `the same seed and threads give the same bits`() {
    let (first, second) = (trained(threads: 2), trained(threads: 2))
    #expect(first.losses == second.losses)
    for path in first.store.paths { #expect(first.store[path] == second.store[path], "\(path)") }
  }

  @Test func `the number of threads changes no more than rounding`() {
    let results = [1, 2, 3].map { trained(threads: $0, steps: 1) }
    for other in results[1...] {
      #expect(abs(other.losses[0] - results[0].losses[0]) < 1e-6)
      for path in other.store.paths where other.store.isTrained(path) {
        let gradient = results[0].store.gradient(of: path)
        let largest = gradient.map(abs).max() ?? 0
        for (a, b) in zip(gradient, other.store.gradient(of: path)) {
          // A bias before a batch norm has no gradient: what is left there is rounding alone.
          #expect(abs(a - b) <= 1e-5 * max(largest, 1e-2), "\(path)")
        }
      }
    }
  }

  @Test func `a small network learns one batch`() throws {
    let losses = trained(threads: 2, steps: 60).losses
    let last = try #require(losses.last)
    #expect(last < 0.35 * losses[0])
  }

  @Test func `memory used again gives the values of memory kept`() {
    for mode in [Graph.Mode.training, .evaluation] {
      let network = SmallNetwork(mode: mode)
      let results = [true, false].map { keeps in
        let executor = Executor(
          network.graph, parameters: network.store(), pool: ThreadPool(threads: 2),
          loss: keeps ? network.loss : nil)
        network.load(executor)
        executor.forward()
        return executor.values(of: network.logits) + executor.values(of: network.loss)
      }
      // Running statistics are folded into the filters where no gradient is asked for: other roundings.
      #expect(mode == .training ? results[0] == results[1] : close(results[0], results[1]))
    }
  }

  /// Whether numbers agree to a hundred roundings of the largest.
  private func close(_ a: [Float], _ b: [Float]) -> Bool {
    let largest = a.map(abs).max() ?? 0
    return zip(a, b).allSatisfy { abs($0 - $1) <= 100 * largest * Float.ulpOfOne }
  }

  @Test func `executors of two shapes share one store`() {
    let (small, large) = (SmallNetwork(side: 8, images: 1), SmallNetwork(side: 16))
    let store = large.store()
    let pool = ThreadPool(threads: 2)
    let executors = [small, large].map {
      Executor($0.graph, parameters: store, pool: pool, loss: $0.loss)
    }
    for (network, executor) in zip([small, large], executors) {
      network.load(executor)
      executor.forward()
      executor.backward()
    }
    let gradient = store.gradient(of: "head.weight")
    executors[1].forward()
    executors[1].backward()
    #expect(close(store.gradient(of: "head.weight"), gradient))
    executors[0].forward()
    executors[0].backward()
    #expect(store.gradient(of: "head.weight") != gradient)
  }

  @Test func `a parameter that is used twice gathers both gradients`() {
    var graph = Graph(mode: .training)
    let x = graph.input("x", Shape(3), needsGradient: true)
    let w = graph.parameter("w", Shape(3), .constant(2))
    #expect(graph.parameter("w", Shape(3), .constant(2)) == w)
    let loss = graph.dot(graph.multiply(graph.multiply(w, w), w), x)
    var rng = SplitMix(seed: 0)
    let store = ParameterStore(for: graph, using: &rng)
    let executor = Executor(
      graph, parameters: store, pool: ThreadPool(threads: 1), loss: loss)
    executor.load([1, 2, -3], into: x)
    for _ in 0..<2 {
      executor.forward()
      executor.backward()
      #expect(executor.values(of: loss) == [0])
      #expect(store.gradient(of: "w") == [12, 24, -36])
      #expect(executor.gradient(of: x) == [8, 8, 8])
    }
  }

  @Test func `a parameter that a loss does not know gets the gradient zero`() {
    var graph = Graph(mode: .training)
    let (a, b) = (
      graph.parameter("a", Shape(2), .constant(1)), graph.parameter("b", Shape(2), .constant(2))
    )
    let (first, second) = (graph.dot(a, b), graph.dot(a, a))
    var rng = SplitMix(seed: 0)
    let store = ParameterStore(for: graph, using: &rng)
    let executors = [first, second].map {
      Executor(graph, parameters: store, pool: ThreadPool(threads: 1), loss: $0)
    }
    for executor in executors { executor.forward() }
    executors[0].backward()
    #expect(store.gradient(of: "b") == [1, 1])
    executors[1].backward()
    #expect(store.gradient(of: "a") == [2, 2])
    #expect(store.gradient(of: "b") == [0, 0])
  }

  @Test func `a number that is not finite is traced to its layer`() {
    let network = SmallNetwork()
    let store = network.store()
    let executor = Executor(
      network.graph, parameters: store, pool: ThreadPool(threads: 1), loss: network.loss)
    network.load(executor)
    executor.forward()
    #expect(executor.firstNonFinite() == nil)
    #expect(store.firstNonFinite == nil)
    store["half.conv.weight"][5] = .infinity
    executor.forward()
    #expect(executor.firstNonFinite() == "Convolution of layer 'half.conv'")
    #expect(store.firstNonFinite == "half.conv.weight")
  }

  @Test func `gradients that are not finite are not taken for values`() {
    var graph = Graph(mode: .training)
    let shape = Shape(1, 2, 8, 8)
    let x = graph.input("x", shape)
    let upstream = graph.input("upstream", shape)
    var y = x
    for layer in ["first", "second", "third"] {
      let weight = graph.parameter(Path(layer) / "weight", Shape(2, 2, 1, 1), .constant(2))
      y = graph.convolution(y, weight)
    }
    let loss = graph.dot(y, upstream)
    var rng = SplitMix(seed: 0)
    let store = ParameterStore(for: graph, using: &rng)
    let executor = Executor(graph, parameters: store, pool: ThreadPool(threads: 1), loss: loss)
    executor.load([Float](repeating: 0, count: shape.count), into: x)
    executor.load([Float](repeating: 3e38, count: shape.count), into: upstream)
    executor.forward()
    executor.backward()
    #expect(store.firstNonFiniteGradient == "second.weight")
    #expect(executor.firstNonFinite() == nil)
  }

  @Test func `reading a value that was not kept traps`() async {
    await #expect(processExitsWith: .failure) {
      let network = SmallNetwork()
      let executor = Executor(
        network.graph, parameters: network.store(), pool: ThreadPool(threads: 1))
      executor.forward()
      _ = executor.values(of: network.features)
    }
  }
}

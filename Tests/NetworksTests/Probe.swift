import Autograd
import Basics
import Kernels

/// A graph with what runs it: parameters, two threads and, for a picture, a random upstream gradient.
struct Probe {
  let parameters: ParameterStore
  let executor: Executor
  private var upstream: (input: Value, loss: Value)?

  /// Runs a graph that ends in a loss.
  init(_ graph: Graph, loss: Value) {
    var generator = SeededGenerator(seed: 1)
    parameters = ParameterStore(for: graph, using: &generator)
    executor = Executor(
      graph, parameters: parameters, pool: ThreadPool(threads: 2), loss: loss)
  }

  /// Runs a graph up to `output`.
  init(_ graph: Graph, output: Value) {
    var graph = graph
    graph.keep(output)
    let input = graph.input("upstream", graph.shape(of: output))
    let loss = graph.dot(output, input)
    self.init(graph, loss: loss)
    upstream = (input, loss)
  }

  /// Runs forward and backward with this gradient of the output.
  func run(upstream gradient: [Float]) {
    guard let upstream else { return }
    executor.load(gradient, into: upstream.input)
    executor.forward()
    executor.backward()
  }
}

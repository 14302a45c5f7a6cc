import AllocationTesting
import Autograd
import Basics
import Kernels
@testable import Networks
import Testing

/// What a step asks of the heap once everything has run once.
@Suite(.enabled(if: AllocationCount.works)) struct AllocationTests {
  private struct Network {
    let graph: Graph
    let image: Value
    let loss: Value
    let parameters: ParameterStore

    init(mode: Graph.Mode) {
      var graph = Graph(mode: mode)
      image = graph.input("image", Shape(2, 3, 48, 48))
      let target = graph.input("target", Shape(2, 1, 48, 48))
      let full = DoubleConv(channels: 16)(image, at: "full", in: &graph)
      let half = DoubleConv(channels: 24)(
        graph.maxPool(full, kernel: 2, stride: 2), at: "half", in: &graph)
      let merged = DecoderLevel(channels: 16, gateWidth: 8)(
        half, skip: full, 0, at: "decoder", in: &graph)
      let doubled = ConvTranspose2d(channels: 16, kernel: 4)(
        half, at: "doubled", in: &graph)
      let joined = graph.relu(graph.add(merged, doubled))
      let logits = Conv2d(channels: 1, kernel: 1)(joined, at: "head", in: &graph)
      loss = AuraLoss()(logits, target, in: &graph)
      self.graph = graph
      var generator = SeededGenerator(seed: 1)
      parameters = ParameterStore(for: graph, using: &generator)
    }
  }

  @Test(arguments: [1, 2]) func `a training step allocates nothing`(threads: Int) {
    let network = Network(mode: .training)
    let pool = ThreadPool(threads: threads)
    let executor = Executor(
      network.graph, parameters: network.parameters, pool: pool, loss: network.loss)
    let adam = Adam(parameters: network.parameters, learningRate: 1e-3, pool: pool)
    func step() {
      executor.forward()
      executor.backward()
      adam.step()
    }
    step()
    let count = AllocationCount(on: pool, of: step)
    print("a training step on \(threads) threads: \(count)")
    #expect(count.large == 0 && count.small == 0, "\(count)")
  }

  @Test func `an inference allocates nothing`() {
    let network = Network(mode: .evaluation)
    let pool = ThreadPool(threads: 2)
    let executor = Executor(
      network.graph, parameters: network.parameters, pool: pool,
      freezesParameters: true)
    executor.forward()
    let count = AllocationCount(on: pool) { executor.forward() }
    print("an inference: \(count)")
    #expect(count.large == 0 && count.small == 0, "\(count)")
  }
}

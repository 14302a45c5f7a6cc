import Kernels
import TestSupport
import Testing

@testable import Autograd

@Suite struct BatchNormTests {
  private func executor(_ mode: Graph.Mode) -> (Executor, ParameterStore, Value, Value) {
    var graph = Graph(mode: mode)
    let x = graph.input("x", Shape(2, 2, 1, 2))
    let y = graph.batchNorm(
      x, weight: graph.parameter("w", Shape(2), .constant(2)),
      bias: graph.parameter("b", Shape(2), .constant(1)),
      runningMean: graph.statistic("mean", Shape(2), .constant(0)),
      runningVariance: graph.statistic("variance", Shape(2), .constant(1)))
    var rng = SplitMix(seed: 0)
    let store = ParameterStore(for: graph, using: &rng)
    let executor = Executor(
      graph, parameters: store, pool: ThreadPool(threads: 1))
    // Channel 0 is 1, 2, 3, 4 and channel 1 ten times that.
    executor.load([1, 10, 2, 20, 3, 30, 4, 40], into: x)
    return (executor, store, x, y)
  }

  private func expectNear(_ found: [Float], _ expected: [Double], _ tolerance: Double = 1e-5) {
    #expect(found.count == expected.count)
    for (a, b) in zip(found, expected) { #expect(abs(Double(a) - b) < tolerance * max(1, abs(b))) }
  }

  @Test func `training normalises by the batch and moves the running statistics`() {
    let (executor, store, _, y) = executor(.training)
    executor.forward()
    // Mean 2.5, variance 1.25; unbiased 5 / 3.
    let small = [-1.5, -0.5, 0.5, 1.5].map { 1 + 2 * $0 / (1.25 + 1e-5).squareRoot() }
    let large = [-15.0, -5, 5, 15].map { 1 + 2 * $0 / (125 + 1e-5).squareRoot() }
    expectNear(executor.values(of: y), zip(small, large).flatMap { [$0, $1] })
    expectNear(store["mean"], [0.25, 2.5])
    expectNear(store["variance"], [0.9 + 0.1 * 5 / 3, 0.9 + 0.1 * 500 / 3])
  }

  @Test func `calibration normalises by the batch and leaves its statistics alone behind`() {
    let (executor, store, _, y) = executor(.calibration)
    store["mean"] = [7, 8]
    store["variance"] = [9, 10]
    executor.forward()
    let small = [-1.5, -0.5, 0.5, 1.5].map { 1 + 2 * $0 / (1.25 + 1e-5).squareRoot() }
    let large = [-15.0, -5, 5, 15].map { 1 + 2 * $0 / (125 + 1e-5).squareRoot() }
    expectNear(executor.values(of: y), zip(small, large).flatMap { [$0, $1] })
    expectNear(store["mean"], [2.5, 25])
    expectNear(store["variance"], [5.0 / 3, 500.0 / 3])
  }

  @Test func `evaluation uses the running statistics and leaves them`() {
    let (executor, store, _, y) = executor(.evaluation)
    store["mean"] = [1, 10]
    store["variance"] = [4, 9]
    executor.forward()
    let small = [0.0, 1, 2, 3].map { 1 + 2 * $0 / (4 + 1e-5).squareRoot() }
    let large = [0.0, 10, 20, 30].map { 1 + 2 * $0 / (9 + 1e-5).squareRoot() }
    expectNear(executor.values(of: y), zip(small, large).flatMap { [$0, $1] })
    #expect(store["mean"] == [1, 10])
    #expect(store["variance"] == [4, 9])
  }

  @Test func `one value a channel is refused in training`() async {
    await #expect(processExitsWith: .failure) {
      _ = BatchNorm(training: true).shape(
        of: [Shape(1, 2, 1, 1), Shape(2), Shape(2), Shape(2), Shape(2)])
    }
  }
}

import Autograd
import Kernels
import TestSupport
import Testing

@Suite struct LossTests {
  /// The value of a loss of pictures.
  private func value(
    _ shape: Shape, _ data: [[Float]], _ build: (inout Graph, [Value]) -> Value
  ) -> Float {
    var graph = Graph(mode: .training)
    let inputs = data.indices.map { graph.input("x\($0)", shape) }
    let loss = build(&graph, inputs)
    var rng = SplitMix(seed: 0)
    let executor = Executor(
      graph, parameters: ParameterStore(for: graph, using: &rng), pool: ThreadPool(threads: 2))
    for (input, values) in zip(inputs, data) { executor.load(values, into: input) }
    executor.forward()
    return executor.values(of: loss)[0]
  }

  @Test func `cross entropy is stable for logits of any size`() {
    let shape = Shape(1, 1, 2, 2)
    let loss = value(shape, [[1000, -1000, 1000, -1000], [1, 0, 0, 1]]) {
      $0.binaryCrossEntropy($1[0], $1[1])
    }
    #expect(loss == 500)
    #expect(
      value(shape, [[0, 0, 0, 0], [1, 0, 1, 0]]) { $0.binaryCrossEntropy($1[0], $1[1]) }
        == Float(0.6931471805599453))
  }

  @Test func `dice is taken image by image`() {
    // Overlaps of 1 in 1 + 2 pixels, and nothing in an empty image.
    let loss = value(Shape(2, 1, 2, 2), [[1, 0, 0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0, 0]]) {
      $0.diceLoss($1[0], $1[1])
    }
    #expect(abs(loss - (1 - 3.0 / 4) / 2) < 1e-7)
  }

  @Test func `a step is as long as it is high and wide`() {
    // A plane of slope (3, 4) has the length 5 at each of its (H - 1) x (W - 1) pixels.
    let plane = (0..<40).map { index in
      let (column, row) = (index % 5, index / 5 % 4)
      return Float(3 * column + 4 * row)
    }
    let shape = Shape(2, 1, 4, 5)
    #expect(abs(value(shape, [plane]) { $0.contourLength($1[0], epsilon: 1e-8) } - 5) < 1e-5)
    let flat = value(shape, [plane.map { _ in 1 }]) { $0.contourLength($1[0], epsilon: 1e-4) }
    #expect(abs(flat - 1e-2) < 1e-7)
  }

  @Test func `the area counts what is missed inside and found outside`() {
    let shape = Shape(2, 1, 1, 2)
    let data: [[Float]] = [[0.25, 0.5, 1, 0], [1, 0, 1, 0.5]]
    // (1 - 0.25) + 0.5 + 0 + (1 - 0) / 4 with a soft target.
    #expect(abs(value(shape, data) { $0.regionArea($1[0], $1[1]) } - 1.5 / 4) < 1e-7)
  }
}

import Autograd
import Kernels
import TestSupport
import Testing

/// How an input of a gradient check is drawn, clear of the op's kinks and ties.
enum Draw {
  /// Evenly from a range.
  case range(ClosedRange<Float>)
  /// Away from zero by at least 0.05.
  case clearOfZero
  /// No two values nearer than 0.05.
  case apart
  /// A slope with noise, so that no forward difference is near zero.
  case slope
  /// Zeros and ones.
  case mask

  func values(_ shape: Shape, using rng: inout SplitMix) -> [Float] {
    let count = shape.count
    switch self {
    case .range(let range): return rng.floats(count, in: range)
    case .clearOfZero: return rng.floats(count).map { $0 < 0 ? $0 - 0.05 : $0 + 0.05 }
    case .apart: return (0..<count).map { Float($0 - count / 2) * 0.05 }.shuffled(using: &rng)
    case .slope:
      let noise = rng.floats(count, in: -0.005...0.005)
      return (0..<count).map { index in
        0.3 * Float(index % shape.width) + 0.2 * Float(index / shape.width % shape.height)
          + noise[index]
      }
    case .mask: return rng.floats(count).map { $0 > 0 ? 1 : 0 }
    }
  }
}

/// An input of a gradient check.
struct CheckedInput {
  let shape: Shape
  let draw: Draw
  var isDifferentiable = true
}

/// Compares gradients with central differences along a random direction under a random upstream gradient.
func checkGradients(
  seed: Int, mode: Graph.Mode = .training, threads: Int = 2, _ inputs: [CheckedInput],
  sourceLocation: SourceLocation = #_sourceLocation,
  _ build: (inout Graph, [Value]) -> Value
) {
  var rng = SplitMix(seed: seed)
  var graph = Graph(mode: mode)
  let values = inputs.enumerated().map {
    graph.input("x\($0)", $1.shape, needsGradient: $1.isDifferentiable)
  }
  let output = build(&graph, values)
  graph.keep(output)
  let upstream = graph.input("upstream", graph.shape(of: output))
  let loss = graph.dot(output, upstream)
  let executor = Executor(
    graph, parameters: ParameterStore(for: graph, using: &rng), pool: ThreadPool(threads: threads),
    loss: loss)
  let data = inputs.map { $0.draw.values($0.shape, using: &rng) }
  let weights = rng.floats(graph.shape(of: output).count)
  for (value, each) in zip(values, data) { executor.load(each, into: value) }
  executor.load(weights, into: upstream)
  executor.forward()
  executor.backward()
  let gradients = zip(values, inputs).map {
    $1.isDifferentiable ? executor.gradient(of: $0) : []
  }
  let step: Float = 1e-2
  for (index, input) in inputs.enumerated() where input.isDifferentiable {
    let direction = rng.floats(input.shape.count)
    var sides: [Double] = []
    for sign: Float in [1, -1] {
      let moved = zip(data[index], direction).map { $0 + sign * step * $1 }
      executor.load(moved, into: values[index])
      executor.forward()
      sides.append(zip(executor.values(of: output), weights).map { Double($0) * Double($1) }.sum)
    }
    executor.load(data[index], into: values[index])
    let numeric = (sides[0] - sides[1]) / (2 * Double(step))
    let terms = zip(gradients[index], direction).map { Double($0) * Double($1) }
    // A direction can be nearly orthogonal to the gradient: then the terms' size is the measure.
    let size = max(abs(numeric), 0.2 * terms.map { $0 * $0 }.sum.squareRoot())
    #expect(
      abs(numeric - terms.sum) <= 0.01 * size,
      "seed \(seed), input \(index): \(terms.sum) against \(numeric)",
      sourceLocation: sourceLocation)
  }
}

extension Sequence<Double> {
  var sum: Double { reduce(0, +) }
}

@testable import Autograd

/// Builds graphs of blocks in three ways that must come to the same: as the planner joins them, with every
/// value kept, which nothing is joined across, and with every value copied, so that no picture is a slice
/// of another or waits for its activation either.
struct Sketch {
  enum Way: CaseIterable {
    case joined
    case kept
    case copied
  }

  var graph: Graph
  private let way: Way
  private var count = 0

  init(_ mode: Graph.Mode, _ way: Way) {
    graph = Graph(mode: mode)
    self.way = way
  }

  private mutating func seal(_ value: Value) -> Value {
    switch way {
    case .joined: return value
    case .kept:
      graph.keep(value)
      return value
    case .copied: return graph.weightedSum([(1, value)])
    }
  }

  private mutating func parameter(_ extents: Int..., from low: Float? = nil) -> Value {
    count += 1
    let fanIn = Float(extents.dropFirst().reduce(1, *))
    let bound = low ?? (3 / fanIn).squareRoot()
    return graph.parameter(Path("p\(count)"), Shape(extents), .uniform(bound: bound))
  }

  mutating func convolution(
    _ x: Value, _ channels: Int, kernel: Int = 3, stride: Int = 1, hasBias: Bool = true
  ) -> Value {
    let inputs = graph.shape(of: x).channels
    let weight = parameter(channels, inputs, kernel, kernel)
    let bias = hasBias ? parameter(channels, from: 0.5) : nil
    return seal(
      graph.convolution(x, weight, bias, stride: stride, padding: kernel / 2))
  }

  mutating func norm(_ x: Value) -> Value {
    let channels = graph.shape(of: x).channels
    let (weight, bias) = (parameter(channels, from: 1), parameter(channels, from: 0.5))
    count += 1
    return seal(
      graph.batchNorm(
        x, weight: weight, bias: bias,
        runningMean: graph.statistic(Path("m\(count)"), Shape(channels), .constant(0.1)),
        runningVariance: graph.statistic(Path("v\(count)"), Shape(channels), .constant(0.7))))
  }

  mutating func relu(_ x: Value) -> Value { seal(graph.relu(x)) }

  mutating func sigmoid(_ x: Value) -> Value { seal(graph.sigmoid(x)) }

  mutating func add(_ a: Value, _ b: Value) -> Value { seal(graph.add(a, b)) }

  mutating func multiply(_ a: Value, _ b: Value) -> Value { seal(graph.multiply(a, b)) }

  mutating func concatenate(_ parts: [Value]) -> Value { seal(graph.concatenate(parts)) }

  mutating func upsample(_ x: Value) -> Value { seal(graph.upsample(x)) }

  mutating func pool(_ x: Value) -> Value { seal(graph.maxPool(x, kernel: 2, stride: 2)) }

  /// Convolution, batch norm and ReLU.
  mutating func block(_ x: Value, _ channels: Int, stride: Int = 1, hasBias: Bool = true) -> Value {
    relu(norm(convolution(x, channels, stride: stride, hasBias: hasBias)))
  }

  mutating func doubleConv(_ x: Value, _ channels: Int) -> Value {
    block(block(x, channels), channels)
  }

  mutating func basicBlock(_ x: Value, _ channels: Int) -> Value {
    let inner = block(x, channels, stride: 2, hasBias: false)
    let main = norm(convolution(inner, channels, hasBias: false))
    let side = norm(convolution(x, channels, kernel: 1, stride: 2, hasBias: false))
    return relu(add(main, side))
  }

  mutating func gate(_ skip: Value, _ deep: Value, _ channels: Int) -> Value {
    let a = norm(convolution(deep, channels, kernel: 1))
    let b = norm(convolution(skip, channels, kernel: 1))
    let gate = sigmoid(norm(convolution(relu(add(a, b)), 1, kernel: 1)))
    return multiply(skip, gate)
  }
}
